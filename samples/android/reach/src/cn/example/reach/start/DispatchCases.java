package cn.example.reach.start;

import android.content.Context;
import cn.example.reach.Reads;
import java.util.ArrayList;
import java.util.List;

/** Ways a call finds its target. */
public final class DispatchCases {
    private DispatchCases() {}

    /** Something that is set up at start. */
    interface Step {
        void run(Context context);

        default void prepare(Context context) {
            Reads.defaultInterfaceMethod(context);
        }
    }

    public static void startAll(Context context) {
        List<Step> steps = new ArrayList<>();
        steps.add(new FirstStep());
        steps.add(new Step() {
            @Override
            public void run(Context where) {
                Reads.anonymousInnerClass(where);
            }
        });
        steps.add(Reads::methodReference);
        for (Step step : steps) {
            step.prepare(context);
            step.run(context);
        }
        new Child().work(context);
        Mode.LOUD.apply(context);
        Holder.touch++;
        new Built(context);
        chain1(context);
        even(context, 3);
        Stage<Context> stage = new TypedStage();
        stage.accept(context);
        new Steps(context).resume();
    }

    private static final class FirstStep implements Step {
        @Override
        public void run(Context context) {
            Reads.interfaceDispatch(context);
        }
    }

    /** Implements the same interface, but nobody makes one. */
    static final class NeverMadeStep implements Step {
        @Override
        public void run(Context context) {
            Reads.implementationNeverMade(context);
        }
    }

    abstract static class Parent {
        final void work(Context context) {
            before(context);
            inner(context);
        }

        void before(Context context) {
            Reads.superCall(context);
        }

        abstract void inner(Context context);
    }

    static class Child extends Parent {
        @Override
        void before(Context context) {
            super.before(context);
        }

        @Override
        void inner(Context context) {
            Reads.templateMethod(context);
        }
    }

    /** Overrides the template method, but nobody makes one. */
    static final class NeverMadeChild extends Child {
        @Override
        void inner(Context context) {
            Reads.overrideNeverMade(context);
        }
    }

    enum Mode {
        QUIET {
            @Override
            void apply(Context context) {}
        },
        LOUD {
            @Override
            void apply(Context context) {
                Reads.enumConstantBody(context);
            }
        };

        abstract void apply(Context context);
    }

    static final class Holder {
        static int touch;

        static {
            Reads.staticInitialiserOfHelper(null);
        }
    }

    static final class Built {
        private final int size;

        {
            size = 1;
        }

        Built(Context context) {
            Reads.constructor(context);
        }

        int size() {
            return size;
        }
    }

    private static void chain1(Context context) {
        chain2(context);
    }

    private static void chain2(Context context) {
        chain3(context);
    }

    private static void chain3(Context context) {
        chain4(context);
    }

    private static void chain4(Context context) {
        chain5(context);
    }

    private static void chain5(Context context) {
        chain6(context);
    }

    private static void chain6(Context context) {
        Reads.deepChain(context);
    }

    private static void even(Context context, int left) {
        if (left > 0) {
            odd(context, left - 1);
        }
    }

    private static void odd(Context context, int left) {
        Reads.mutualRecursion(context);
        even(context, left - 1);
    }

    interface Stage<T> {
        void accept(T value);
    }

    static final class TypedStage implements Stage<Context> {
        @Override
        public void accept(Context context) {
            Reads.genericBridge(context);
        }
    }

    /** A state machine as a compiler makes it from a suspending function. */
    static final class Steps {
        private final Context context;
        private int label;

        Steps(Context context) {
            this.context = context;
        }

        Object resume() {
            return invokeSuspend(null);
        }

        private Object invokeSuspend(Object result) {
            switch (label) {
                case 0:
                    label = 1;
                    new Thread(this::resume).start();
                    return null;
                case 1:
                    label = 2;
                    Reads.stateMachine(context);
                    return "";
                default:
                    throw new IllegalStateException(String.valueOf(result));
            }
        }
    }
}
