@NullMarked
package dev.hubferry.db.domain;

import org.jspecify.annotations.NullMarked;
