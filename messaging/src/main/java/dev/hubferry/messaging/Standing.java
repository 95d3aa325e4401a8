package dev.hubferry.messaging;

/** How a run stands to its command. */
sealed interface Standing {
    /** The orchestrator withdrew the command. */
    Standing cancelled();

    /** Another run may act for the command, or the service stops. */
    Standing lost(String reason);

    /** The run may act. */
    record Held() implements Standing {
        @Override
        public Standing cancelled() {
            return new Cancelled();
        }

        @Override
        public Standing lost(String reason) {
            return new Lost(reason);
        }
    }

    /** The run may clean up and shall end; the command is answered by it. */
    record Cancelled() implements Standing {
        @Override
        public Standing cancelled() {
            return this;
        }

        @Override
        public Standing lost(String reason) {
            return new Lost(reason);
        }
    }

    /** The run may do nothing any more; the command is not answered by it. There is no way back. */
    record Lost(String reason) implements Standing {
        @Override
        public Standing cancelled() {
            return this;
        }

        @Override
        public Standing lost(String again) {
            return this;
        }
    }
}
