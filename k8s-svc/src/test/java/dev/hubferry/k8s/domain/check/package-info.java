@NullMarked
package dev.hubferry.k8s.domain.check;

import org.jspecify.annotations.NullMarked;
