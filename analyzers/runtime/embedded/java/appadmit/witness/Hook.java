package appadmit.witness;

/** One place that is watched: a method or field of the platform. */
public final class Hook {
    final String owner;
    /** Class in which the woven code stands; the owner itself or one that inherits it. */
    final String declaring;
    final String member;
    final String descriptor;
    /** Permissions one of which the caller must hold; empty where none is asked. */
    final String[] anyOf;
    /** The identifier is closed to ordinary apps of target 29 and above whatever they hold. */
    final boolean privileged;
    /** The method would start a program of the host. */
    final boolean startsProgram;

    public Hook(
            String owner,
            String declaring,
            String member,
            String descriptor,
            String[] anyOf,
            boolean privileged) {
        this.owner = owner;
        this.declaring = declaring;
        this.member = member;
        this.descriptor = descriptor;
        this.anyOf = anyOf;
        this.privileged = privileged;
        this.startsProgram = owner.equals("java.lang.ProcessBuilder") || owner.equals("java.lang.Runtime")
                && member.equals("exec");
    }

    public String owner() {
        return owner;
    }

    public String member() {
        return member;
    }

    public String descriptor() {
        return descriptor;
    }
}
