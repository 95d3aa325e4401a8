/** What an operator configures. */
@NullMarked
package dev.hubferry.storage.config;

import org.jspecify.annotations.NullMarked;
