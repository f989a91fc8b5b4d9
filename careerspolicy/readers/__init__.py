"""From files of facts to `Facts`."""
