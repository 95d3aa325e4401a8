@NullMarked
package dev.hubferry.storage.domain.manifest;

import org.jspecify.annotations.NullMarked;
