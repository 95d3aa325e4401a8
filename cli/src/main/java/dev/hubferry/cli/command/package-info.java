/** One class a command. */
@NullMarked
package dev.hubferry.cli.command;

import org.jspecify.annotations.NullMarked;
