using System.Text;
using System.Text.Json;
using Zoetrope.Simulator.Control;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator;

/// <summary>The ways in which a request can be made to go wrong.</summary>
public enum FaultKind
{
    /// <summary>
    /// The response is <see cref="SimulatorFault.StatusCode"/> with <see cref="SimulatorFault.Body"/> and <see cref="SimulatorFault.Headers"/>.
    /// </summary>
    Status,

    /// <summary>The response is correct, but comes after <see cref="SimulatorFault.Delay"/>.</summary>
    Delay,

    /// <summary>The connection is reset instead of a response.</summary>
    Reset,

    /// <summary>The response's body breaks off in the middle and the connection is reset. The request is carried out.</summary>
    Truncate,

    /// <summary>The response's body has the announced length, but is not valid JSON. The request is carried out.</summary>
    Malformed,

    /// <summary>There is never a response; the connection stays open until the caller closes it or the simulator stops.</summary>
    Hang,

    /// <summary>
    /// The request is a submit and succeeds, but its job fails at its end with <see cref="SimulatorFault.StatusCode"/> and
    /// <see cref="SimulatorFault.Body"/> (fal: the response instead of the result; Eachlabs: the job's <c>output</c>; declared providers: the reason in
    /// words), or the provider's own format by default.
    /// </summary>
    JobFailure,

    /// <summary>
    /// The request is a submit or a run and succeeds, and the job's result is <see cref="SimulatorFault.Body"/>. At fal it comes with
    /// <see cref="SimulatorFault.MediaType"/> and <see cref="SimulatorFault.StatusCode"/> (default 200), and may be no JSON; at other providers it is the
    /// output in their response.
    /// </summary>
    JobResult,
}

/// <summary>A fault for the next requests that match. Members that are not set match everything.</summary>
public sealed record SimulatorFault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>How many matching requests it befalls. Default: 1.</summary>
    public int Times { get; init; } = 1;

    /// <summary>
    /// The number of the first matching request that it befalls, counted from when the fault was added; requests that another fault befalls count. Default: 1.
    /// </summary>
    public int FromCall { get; init; } = 1;

    /// <summary>Only requests to this provider: <c>fal</c>, <c>eachlabs</c>, or the name of a declared one.</summary>
    public string? Provider { get; init; }

    /// <summary>Only requests for this operation. <see cref="FaultKind.JobFailure"/> matches submits and direct runs only, whatever this is.</summary>
    public SimulatorOperation? Operation { get; init; }

    /// <summary>
    /// Only requests for this endpoint, or for a job of it: its id as <c>GET /_simulator/endpoints</c> lists it, such as <c>fal-ai/flux/dev</c>.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>Only requests with this HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>Only requests whose path begins so.</summary>
    public string? PathPrefix { get; init; }

    /// <summary>The HTTP status of <see cref="FaultKind.Status"/> (default 500) and of a failed job's result at fal (default 422).</summary>
    public int? StatusCode { get; init; }

    /// <summary>
    /// The body of <see cref="FaultKind.Status"/> (default: the provider's error format) or of <see cref="FaultKind.JobFailure"/>, usually JSON.
    /// </summary>
    public string? Body { get; init; }

    /// <summary>
    /// The media type of the body of <see cref="FaultKind.JobResult"/>; of an image, a video or a sound, <see cref="Body"/> is the base64. Null for none.
    /// </summary>
    public string? MediaType { get; init; }

    /// <summary>The result of <see cref="FaultKind.JobResult"/>; null for other kinds.</summary>
    internal OwnResult? Result => Kind == FaultKind.JobResult
        ? new(
            StatusCode ?? 200, MediaType,
            MediaType?.Split('/')[0] is "image" or "video" or "audio" ? Convert.FromBase64String(Body ?? "") : Encoding.UTF8.GetBytes(Body ?? ""))
        : null;

    /// <summary>Headers of the response, such as <c>Retry-After</c>; they are added to every response that this fault lets through.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How long to wait before the response or the reset.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// Whether <see cref="FaultKind.Status"/>, <see cref="FaultKind.Reset"/> and <see cref="FaultKind.Hang"/> carry the request out before they
    /// withhold its response: the job exists, but the caller does not learn of it. Default: false.
    /// </summary>
    public bool CarryOut { get; init; }

    /// <summary>Reads faults in the format of <c>POST /_simulator/faults</c>.</summary>
    /// <param name="json">
    /// One object or an array of them, with the members of a fault in snake_case, such as <c>{"kind":"status","status_code":429,"delay_ms":100}</c>.
    /// </param>
    /// <exception cref="FormatException">It does not describe faults; the message says why.</exception>
    public static IReadOnlyList<SimulatorFault> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return FaultReader.Read(RequestJson.Parse(Encoding.UTF8.GetBytes(json)));
        }
        catch (JsonException exception)
        {
            throw new FormatException("A fault must be a JSON object, and this is not valid JSON.", exception);
        }
    }
}
