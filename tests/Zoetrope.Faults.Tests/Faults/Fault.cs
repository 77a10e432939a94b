namespace Zoetrope.Faults.Tests;

/// <summary>One way in which an exchange goes otherwise than it should.</summary>
/// <param name="Name">Its name, for reports and to run it alone.</param>
/// <param name="Means">What a client can know from it.</param>
/// <param name="Play">Plays it.</param>
internal sealed record Fault(string Name, Meaning Means, Func<Stage, Task> Play)
{
    /// <summary>When it is played.</summary>
    public FaultStage Stage { get; init; } = FaultStage.Whole;

    /// <summary>The HTTP status, where one arrives.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Whether the body is an error in JSON, as providers write them; gateways do otherwise.</summary>
    public bool IsProvidersWord { get; init; }

    /// <summary>Whether the response itself says that the same request may succeed later.</summary>
    public bool SaysRetry { get; init; }

    /// <summary>Opens the address, without an exchange, that the client is led to instead of the service; null where it reaches the service.</summary>
    public Func<DeadEnd>? DeadEnd { get; init; }

    /// <summary>Whether the service is never reached, so that nothing can have been accepted.</summary>
    public bool IsUnreached => DeadEnd is not null;

    /// <summary>Whether nothing is heard until the client's deadline is over.</summary>
    public bool IsSilence { get; init; }

    /// <summary>Whether the client's deadline may be over before it is known that no connection is made.</summary>
    public bool MayBeLate { get; init; }

    /// <summary>Whether names are resolved for it, a few at a time.</summary>
    public bool TakesNames { get; init; }

    /// <summary>Whether a cell in which it is not played proves nothing.</summary>
    public bool NeedsPlay { get; init; }

    /// <summary>Whether it takes so much that it is played alone.</summary>
    public bool IsHeavy { get; init; }

    /// <summary>Whether the body is still the good one, byte for byte, so that files and texts must come through too.</summary>
    public bool KeepsBytes { get; init; }

    /// <summary>Whether it is played once at most, because the call goes on afterwards.</summary>
    public bool IsOnce { get; init; }

    /// <summary>Whether what was sent may be lost on the way, because a reset overtakes it.</summary>
    public bool MayBeLost { get; init; }

    /// <summary>Whether the names of the job arrive, though the response as a whole cannot be used.</summary>
    public bool NamesJob { get; init; }

    /// <summary>Whether the job has another id in it, so that a submit gives another handle.</summary>
    public bool HasOtherId { get; init; }

    /// <summary>Whether it changes the good body, so that there must be one.</summary>
    public bool NeedsBody { get; init; }

    /// <summary>Whether it can be played to few calls only, so that each of its cells counts.</summary>
    public bool IsRare { get; init; }

    /// <summary>Whether it can be played to a call.</summary>
    public Func<Call, bool> AppliesTo { get; init; } = static _ => true;

    public override string ToString() => Name;
}

/// <summary>When a fault is played.</summary>
internal enum FaultStage
{
    /// <summary>Before anything of the request is read.</summary>
    Accept,

    /// <summary>When the head of the request was read, and its body was not.</summary>
    Head,

    /// <summary>When the whole request was read, so that the service could have accepted it.</summary>
    Whole,
}

/// <summary>What a client can know from what it got.</summary>
internal enum Meaning
{
    /// <summary>It is the good response, in an odd but lawful dress: the call must succeed.</summary>
    Good,

    /// <summary>Whether it can be used is a matter of taste. Nobody may crash, hang or pay twice over it.</summary>
    Odd,

    /// <summary>A status of 400 or more.</summary>
    Refused,

    /// <summary>A success whose body is JSON of another form than promised.</summary>
    OtherForm,

    /// <summary>A success, or something like one, that says nothing.</summary>
    Unusable,

    /// <summary>The good response, about another job than the one that was asked about.</summary>
    AnotherJob,

    /// <summary>A status of the redirects.</summary>
    Elsewhere,

    /// <summary>The connection ended, or never ends, before the response did.</summary>
    NoResponse,
}

/// <summary>What a fault plays with.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Request">The request; null at the stage before it is read.</param>
/// <param name="Good">What a good service would send.</param>
/// <param name="Around">Where else there is to point to.</param>
internal sealed record Stage(Connection Connection, ReceivedRequest? Request, CannedResponse Good, Surroundings Around)
{
    public Task SendAsync(CannedResponse response, string? framing = null) => Connection.SendAsync(response, framing);
}

/// <summary>What a fault can point to, and echo.</summary>
/// <param name="Foreign">Another origin, which must get no key.</param>
/// <param name="Call">The call.</param>
/// <param name="Time">The client's clock.</param>
internal sealed record Surroundings(Uri Foreign, Call Call, FastTime Time)
{
    /// <summary>The client's key.</summary>
    public string Key => Call.Key;

    /// <summary>What the service calls the exchange, in a header.</summary>
    public const string RequestId = "exchange-5f0c2a77";

    /// <summary>The headers with <see cref="RequestId"/>, as fal, Eachlabs and others name them.</summary>
    public static readonly string[] RequestIdHeaders = [$"x-fal-request-id: {RequestId}", $"X-Request-Id: {RequestId}"];
}
