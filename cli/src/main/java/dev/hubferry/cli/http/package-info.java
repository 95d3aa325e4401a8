/** Requests, their repetition, tokens, and what a server answers when it says no. */
@NullMarked
package dev.hubferry.cli.http;

import org.jspecify.annotations.NullMarked;
