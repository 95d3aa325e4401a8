@NullMarked
package dev.hubferry.db.config;

import org.jspecify.annotations.NullMarked;
