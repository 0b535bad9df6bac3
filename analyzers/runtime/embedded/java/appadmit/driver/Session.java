package appadmit.driver;

import android.app.Application;
import android.app.QueuedWork;
import appadmit.witness.Channel;
import appadmit.witness.Line;
import appadmit.witness.Recorder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;
import org.robolectric.annotation.LooperMode;

/** Inside the sandbox, on the app's main thread: carries out the parent's commands one by one. */
@RunWith(GateRunner.class)
@Config(sdk = 34)
@LooperMode(LooperMode.Mode.PAUSED)
@GraphicsMode(GraphicsMode.Mode.LEGACY)
public class Session {
    private Application application;
    private Activities activities;

    @Test
    public void serve() throws IOException {
        application = RuntimeEnvironment.getApplication();
        activities = new Activities(application);
        Channel.send("ready", new Line().put("ended", Startup.hasEnded()));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] word = line.split(" ");
            if (word[0].equals("end")) {
                return;
            }
            answer(word);
        }
    }

    private void answer(String[] word) {
        Line reply = new Line().put("command", word[0]);
        try {
            obey(word, reply);
            reply.put("state", "done");
        } catch (Throwable error) {
            boolean ended = Crash.endedBy(error);
            if (!ended) {
                Crash.tell("command " + word[0], error);
            }
            reply.put("state", ended ? "ended" : "crashed");
        }
        reply.put("top", activities.top());
        Channel.send("reply", reply);
    }

    private void obey(String[] word, Line reply) throws Throwable {
        switch (word[0]) {
            case "phase" -> {
                Recorder.enterPhase(word[1]);
                Canary.sing(word[1], application);
            }
            case "launch" -> reply.put("launched", activities.launch(word.length > 1 ? word[1] : ""));
            case "dwell" -> activities.dwell(Integer.parseInt(word[1]), Long.parseLong(word[2]));
            case "back" -> activities.back();
            case "screen" -> reply.putRaw("windows", Screen.read());
            case "tap" -> reply.put("tapped", Screen.tap(Integer.parseInt(word[1]), Integer.parseInt(word[2])));
            case "link" -> reply.put("tapped", Screen.tapLink(
                    Integer.parseInt(word[1]), Integer.parseInt(word[2]), Integer.parseInt(word[3])));
            case "permissions" -> reply.put("answered", activities.answerPermissions(word[1].equals("grant")));
            case "background" -> activities.background();
            case "save" -> {
                QueuedWork.waitToFinish();
                State.save(application);
            }
            default -> throw new IllegalArgumentException("unknown command " + word[0]);
        }
    }
}
