@NullMarked
package dev.hubferry.k8s.domain;

import org.jspecify.annotations.NullMarked;
