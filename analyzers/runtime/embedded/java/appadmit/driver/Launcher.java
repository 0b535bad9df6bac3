package appadmit.driver;

import android.content.ComponentName;
import android.content.Intent;
import android.content.pm.PackageParser;

/** Finds activities of the app by what the manifest says of them. */
final class Launcher {
    private Launcher() {}

    /** The first enabled activity with MAIN and LAUNCHER; of an alias its target; empty where none. */
    static String find(PackageParser.Package parsed) {
        for (String category : new String[] {Intent.CATEGORY_LAUNCHER, Intent.CATEGORY_LEANBACK_LAUNCHER}) {
            for (PackageParser.Activity activity : parsed.activities) {
                for (PackageParser.ActivityIntentInfo filter : activity.intents) {
                    if (activity.info.enabled && filter.hasAction(Intent.ACTION_MAIN) && filter.hasCategory(category)) {
                        return className(activity);
                    }
                }
            }
        }
        return "";
    }

    /** The class of the app's own activity that an intent starts; null where it leads out. */
    static String target(PackageParser.Package parsed, Intent intent) {
        ComponentName component = intent.getComponent();
        for (PackageParser.Activity activity : parsed.activities) {
            if (component != null) {
                boolean own = component.getPackageName().equals(parsed.packageName);
                if (own && component.getClassName().equals(activity.info.name)) {
                    return className(activity);
                }
                continue;
            }
            for (PackageParser.ActivityIntentInfo filter : activity.intents) {
                if (intent.getAction() != null && filter.hasAction(intent.getAction())
                        && parsed.packageName.equals(intent.getPackage())) {
                    return className(activity);
                }
                if (intent.getAction() != null && !intent.getAction().startsWith("android.")
                        && filter.match(null, intent, false, "appadmit") >= 0) {
                    return className(activity);
                }
            }
        }
        return null;
    }

    private static String className(PackageParser.Activity activity) {
        return activity.info.targetActivity != null ? activity.info.targetActivity : activity.info.name;
    }
}
