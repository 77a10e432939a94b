namespace Zoetrope.Faults.Tests;

/// <summary>One way to use the SDK, with the service that it talks to. It is listed once, in <see cref="CallList"/>, and every fault is played to it.</summary>
/// <param name="Name">Its name, for reports and to run it alone.</param>
/// <param name="Kind">What is promised of it.</param>
/// <param name="FaultAt">The step at which the faults are played.</param>
/// <param name="StepOf">Which step a request is; a text that no response is listed for is one that should never be sent.</param>
/// <param name="Responses">What a good service responds to each step, one after the other; the last for ever.</param>
/// <param name="Run">Makes the call, and says in words what came of it.</param>
/// <param name="Value">What comes of it when all is well.</param>
internal sealed record Call(
    string Name,
    CallKind Kind,
    string FaultAt,
    Func<ReceivedRequest, string> StepOf,
    IReadOnlyDictionary<string, CannedResponse[]> Responses,
    Func<CallSetup, Task<string>> Run,
    string Value)
{
    /// <summary>How many times the fault is played before the service is well again.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>The step whose response is complete before the fault's; null where the fault's is the first.</summary>
    public string? Before { get; init; }

    /// <summary>Whether the body of a success is not looked at, so that any will do.</summary>
    public bool IgnoresBody { get; init; }

    /// <summary>Whether nothing is a success too.</summary>
    public bool MayBeNothing { get; init; }

    /// <summary>Whether any text, or any bytes, will do.</summary>
    public bool TakesAnything { get; init; }

    /// <summary>Whether the body is the caller's to judge, as that of an operation whose response is a stream is.</summary>
    public bool GivesRawBody { get; init; }

    /// <summary>Whether the body says where it ends, so that nothing is lost with what never comes after that.</summary>
    public bool EndsItself { get; init; }

    /// <summary>Whether the step with the fault opens a WebSocket, which is a request of HTTP/1.1 whatever version the client is set to.</summary>
    public bool OpensSocket { get; init; }

    /// <summary>Whether the result is read as it comes, so that JSON of any form will do.</summary>
    public bool TakesAnyJson { get; init; }

    /// <summary>Whether anything may send it again without harm, though its method does not say so.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>Which of the faults it takes: the others cannot be played to it.</summary>
    public Func<Fault, bool> Takes { get; init; } = static _ => true;

    /// <summary>The steps that must get no key.</summary>
    public IReadOnlyList<string> KeylessSteps { get; init; } = [];

    /// <summary>Whether good responses name the service's own address.</summary>
    public bool HasOrigin { get; init; }

    /// <summary>The provider that the faults are at.</summary>
    public string Provider { get; init; } = "fal";

    /// <summary>The job that the call is about, at a declared provider; null at others.</summary>
    public Recording? Recorded { get; init; }

    /// <summary>Whether it is a whole submit and nothing else, of a model that is known.</summary>
    public bool IsWholeSubmit { get; init; }

    /// <summary>How long nothing may be heard at the step with the fault, by the client's clock.</summary>
    public TimeSpan Deadline { get; init; } = CallSetup.Deadline;

    /// <summary>The key that the client of the call has.</summary>
    public string Key { get; init; } = Keys.Fal;

    public override string ToString() => Name;
}

/// <summary>What is promised of a call.</summary>
internal enum CallKind
{
    /// <summary>Costs money, and gives a job.</summary>
    Submit,

    /// <summary>Costs money, and gives the result itself.</summary>
    Direct,

    /// <summary>Costs money at one of two providers.</summary>
    Route,

    /// <summary>Asks once about a job.</summary>
    Status,

    /// <summary>Asks about a job until it has ended.</summary>
    Wait,

    /// <summary>Fetches the result of a job that has completed.</summary>
    Result,

    /// <summary>Asks to cancel a job.</summary>
    Cancel,

    /// <summary>Downloads a file to a path where another is.</summary>
    Download,

    /// <summary>Uploads a file, in steps that can be sent again without harm.</summary>
    Upload,

    /// <summary>Uploads a file with a request that would store it twice.</summary>
    UploadOnce,

    /// <summary>An operation that can be sent again without harm.</summary>
    Safe,

    /// <summary>An operation that must not be carried out twice.</summary>
    Unsafe,
}
