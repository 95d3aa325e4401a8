@NullMarked
package dev.hubferry.k8s.domain.moves;

import org.jspecify.annotations.NullMarked;
