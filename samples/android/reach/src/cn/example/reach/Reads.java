package cn.example.reach;

import android.content.Context;
import android.telephony.TelephonyManager;

/** One sensitive call per case, each in a method of its own. */
public final class Reads {
    private Reads() {}

    private static TelephonyManager phone(Context context) {
        return (TelephonyManager) context.getSystemService(Context.TELEPHONY_SERVICE);
    }

    public static void accessibilityConnected(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void activityLifecycleCallback(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void activityOnCreateThroughAlias(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void activityOnResume(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void activityOnWindowFocusChanged(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void activityResult(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void alarmService(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void anonymousInnerClass(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void applicationAttachBaseContext(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void applicationOnCreate(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void applicationStaticInitialiser(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void asyncTaskAfter(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void asyncTaskBackground(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void asyncTaskBefore(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void automaticActivity(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void backPressed(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void behindStoredConsent(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void bootReceiver(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void boundServiceOnBind(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void catchBlock(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void clickInLayout(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void clickListenerLambda(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void consentAgree(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void consentRefuse(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void constructor(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void contentObserver(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void customReceiver(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void deadCycle(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void deadMethod(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void deepChain(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void defaultInterfaceMethod(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void enumConstantBody(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void executorAfterClick(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void executorCallable(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void executorExecuteLambda(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void futureTask(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void genericBridge(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void globalLayoutListener(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void handlerCallback(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void handlerHandleMessage(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void handlerPostDelayedLambda(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void handlerThreadPrepared(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void idleHandler(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void implementationNeverMade(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void interfaceDispatch(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void longClick(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void lostActivity(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void lostService(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void methodReference(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void mutualRecursion(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void openActivity(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void openService(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void overrideNeverMade(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void parentActivityOnCreate(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void permissionResult(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void providerAttachInfo(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void providerDisabled(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void providerOnCreate(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void providerOtherProcess(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void providerQuery(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void proxyHandler(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void reflectionAssembledName(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void reflectionConstantName(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void registeredReceiver(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void scheduledExecutor(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void sensorChanged(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void sentReceiver(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void serviceConnected(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void startedServiceOnCreate(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void startedServiceOnStartCommand(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void stateMachine(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void staticInitialiserOfDeadClass(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void staticInitialiserOfHelper(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void superCall(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void tappedActivity(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void templateMethod(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void textWatcher(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void threadAfterClick(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void threadNeverMade(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void threadRunnable(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void threadSubclass(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void timerTask(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void uncaughtExceptionHandler(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void viewFromLayout(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }

    public static void viewPost(Context context) {
        try {
            phone(context).getDeviceId();
        } catch (RuntimeException denied) {
            return;
        }
    }
}
