@NullMarked
package dev.hubferry.storage.domain;

import org.jspecify.annotations.NullMarked;
