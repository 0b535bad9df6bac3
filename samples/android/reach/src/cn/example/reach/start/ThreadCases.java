package cn.example.reach.start;

import android.content.Context;
import android.os.AsyncTask;
import android.os.Handler;
import android.os.HandlerThread;
import android.os.Looper;
import android.os.Message;
import cn.example.reach.Reads;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Other threads and later moments, all set going by Application.onCreate. */
public final class ThreadCases {
    private ThreadCases() {}

    public static void startAll(Context context) {
        new Worker(context).start();
        new Thread(new Job(context)).start();
        handlers(context);
        executors(context);
        new Task(context).execute();
        new Timer().schedule(new Tick(context), 10);
        new Prepared(context).start();
    }

    private static void handlers(Context context) {
        Handler main = new Handler(Looper.getMainLooper());
        main.postDelayed(() -> Reads.handlerPostDelayedLambda(context), 20);
        new Mailbox(context).sendEmptyMessage(1);
        new Handler(Looper.getMainLooper(), new Answer(context)).sendEmptyMessage(2);
        Looper.myQueue().addIdleHandler(() -> {
            Reads.idleHandler(context);
            return false;
        });
    }

    private static void executors(Context context) {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        pool.submit(new Call(context));
        pool.execute(() -> Reads.executorExecuteLambda(context));
        ScheduledExecutorService later = Executors.newScheduledThreadPool(1);
        later.schedule(() -> Reads.scheduledExecutor(context), 5, TimeUnit.MILLISECONDS);
        FutureTask<String> future = new FutureTask<>(() -> {
            Reads.futureTask(context);
            return "";
        });
        new Thread(future).start();
    }

    private static final class Worker extends Thread {
        private final Context context;

        Worker(Context context) {
            this.context = context;
        }

        @Override
        public void run() {
            Reads.threadSubclass(context);
        }
    }

    private static final class Job implements Runnable {
        private final Context context;

        Job(Context context) {
            this.context = context;
        }

        @Override
        public void run() {
            Reads.threadRunnable(context);
        }
    }

    private static final class Mailbox extends Handler {
        private final Context context;

        Mailbox(Context context) {
            super(Looper.getMainLooper());
            this.context = context;
        }

        @Override
        public void handleMessage(Message message) {
            Reads.handlerHandleMessage(context);
        }
    }

    private static final class Answer implements Handler.Callback {
        private final Context context;

        Answer(Context context) {
            this.context = context;
        }

        @Override
        public boolean handleMessage(Message message) {
            Reads.handlerCallback(context);
            return true;
        }
    }

    private static final class Call implements Callable<String> {
        private final Context context;

        Call(Context context) {
            this.context = context;
        }

        @Override
        public String call() {
            Reads.executorCallable(context);
            return "";
        }
    }

    private static final class Task extends AsyncTask<Void, Void, String> {
        private final Context context;

        Task(Context context) {
            this.context = context;
        }

        @Override
        protected void onPreExecute() {
            Reads.asyncTaskBefore(context);
        }

        @Override
        protected String doInBackground(Void... none) {
            Reads.asyncTaskBackground(context);
            return "";
        }

        @Override
        protected void onPostExecute(String result) {
            Reads.asyncTaskAfter(context);
        }
    }

    private static final class Tick extends TimerTask {
        private final Context context;

        Tick(Context context) {
            this.context = context;
        }

        @Override
        public void run() {
            Reads.timerTask(context);
        }
    }

    private static final class Prepared extends HandlerThread {
        private final Context context;

        Prepared(Context context) {
            super("prepared");
            this.context = context;
        }

        @Override
        protected void onLooperPrepared() {
            Reads.handlerThreadPrepared(context);
        }
    }
}
