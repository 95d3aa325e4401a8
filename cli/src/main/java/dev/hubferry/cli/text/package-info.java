/** What is printed: sizes, times, problems, and names that cannot do anything to a terminal. */
@NullMarked
package dev.hubferry.cli.text;

import org.jspecify.annotations.NullMarked;
