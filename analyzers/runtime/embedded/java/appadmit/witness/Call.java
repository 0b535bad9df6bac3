package appadmit.witness;

/** One access that is under way on one thread. */
public final class Call {
    final int hook;
    final Stack stack;
    final String[] arguments;
    final Call outer;

    Call(int hook, Stack stack, String[] arguments, Call outer) {
        this.hook = hook;
        this.stack = stack;
        this.arguments = arguments;
        this.outer = outer;
    }
}
