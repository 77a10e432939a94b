using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Simulator.Declared;

/// <summary>What the responses of a declared provider say about a job.</summary>
/// <param name="protocol">The declaration.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="options">How the simulator behaves.</param>
internal sealed class DeclaredJob(JobsDescription protocol, JobStore jobs, SimulatorOptions options)
{
    private const string FailureMessage = "The provider rejected the request.";
    private const string FirstSuffix = "-1";
    private const string SecondSuffix = "-2";

    /// <summary>The word for the state of a job; null where the declaration has none, so that no response can report it.</summary>
    public string? WordOf(JobPhase phase) => WordOf(phase, isOfWebhook: false);

    private string? WordOf(JobPhase phase, bool isOfWebhook)
    {
        return phase switch
        {
            JobPhase.Queued => Word("queued") ?? Word("running") ?? Undeclared,
            JobPhase.Running => Word("running") ?? Word("queued") ?? Undeclared,
            JobPhase.Succeeded => Word("succeeded"),
            JobPhase.Failed => Word("failed") ?? Word("expired"),
            _ => Word("canceled"),
        };

        // Where deliveries have words of their own, the others are the status's.
        string? Word(string state) => protocol.Words.Where(word => word.State == state && (isOfWebhook || !word.IsOfWebhook))
            .OrderByDescending(word => word.IsOfWebhook).FirstOrDefault()?.Word;
    }

    /// <summary>The response to a submit.</summary>
    public SimulatedResponse Receipt(SimulatedJob job, string statusUrl)
    {
        var phase = job.PhaseAt(jobs.Now);
        var body = ResponseTree.Of(protocol.Receipt, field => field switch
        {
            JobField.StatusUrl => statusUrl,
            JobField.Cost when protocol.SubmitCost is not null => Cost(job),
            JobField.CostUnit => "usd",
            JobField.ErrorCode => Success(protocol.SubmitSuccessCodes),
            _ => Common(field, job, phase),
        });
        var response = SimulatedResponse.Json(200, body);
        return protocol.IdHeader is { } header ? response.With(header, job.Id) : response;
    }

    /// <summary>The JSON of a status response.</summary>
    public JsonNode StatusBody(SimulatedJob job, JobPhase phase) => Body(protocol.StatusFields, job, phase);

    /// <summary>The JSON of a delivery to a webhook.</summary>
    public JsonNode WebhookBody(SimulatedJob job, JobPhase phase) =>
        Body(protocol.WebhookFields.Count > 0 ? protocol.WebhookFields : protocol.StatusFields, job, phase, isOfWebhook: true);

    /// <summary>The JSON of a page that has all jobs.</summary>
    public JsonNode ListBody(ListRule list, IEnumerable<SimulatedJob> made) => ResponseTree.Of(list.Page, field => field switch
    {
        JobField.Output => new JsonArray([.. made.Select(job => Body(list.Items, job, job.PhaseAt(jobs.Now)))]),
        JobField.More => false,
        _ => null,
    });

    private JsonNode Body(
        IEnumerable<FieldPointer> fields, SimulatedJob job, JobPhase phase, bool isOfWebhook = false) => ResponseTree.Of(fields, field => field switch
    {
        JobField.Word => WordOf(phase, isOfWebhook),
        JobField.CreatedAt => job.Times.Created.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        JobField.ErrorCode => Success(protocol.StatusSuccessCodes),
        JobField.FailureCode when phase == JobPhase.Failed => FailureCode(),
        JobField.FailureMessage when phase == JobPhase.Failed => job.Failure?.Body ?? FailureMessage,
        JobField.Cost when phase == JobPhase.Succeeded => Cost(job),
        JobField.CostUnit when phase == JobPhase.Succeeded => "usd",
        JobField.Progress when phase is JobPhase.Running or JobPhase.Succeeded =>
            Math.Round(job.ProgressAt(jobs.Now) * (double)protocol.WholeProgress, 3),
        JobField.QueuePosition when phase == JobPhase.Queued => jobs.Ahead(job.Endpoint, job.Times.Created, job.Id),
        _ => Common(field, job, phase) ?? OfResult(field, job, phase),
    });

    /// <summary>The JSON of the response to a request for the result.</summary>
    public JsonNode ResultBody(SimulatedJob job, IEnumerable<FieldPointer> fields) => ResponseTree.Of(fields, field => field switch
    {
        JobField.ErrorCode => Success(protocol.StatusSuccessCodes),
        _ => Common(field, job, JobPhase.Succeeded) ?? OfResult(field, job, JobPhase.Succeeded),
    });

    /// <summary>The id of the job that a request is about; null where it names none.</summary>
    public static string? IdIn(Dictionary<string, string> values)
    {
        if (values.TryGetValue(RequestPattern.Key(new(PartKind.Job)), out var id))
            return id;
        foreach (var (kind, suffix) in new[] { (PartKind.First, FirstSuffix), (PartKind.Second, SecondSuffix) })
        {
            if (values.TryGetValue(RequestPattern.Key(new(kind)), out var value) && value.EndsWith(suffix, StringComparison.Ordinal))
                return value[..^suffix.Length];
        }
        return null;
    }

    // A word that is not declared means that the job runs.
    private string Undeclared => protocol.HasStatusCodeWords ? "202" : "running";

    private JsonNode? Common(JobField field, SimulatedJob job, JobPhase phase) => field switch
    {
        JobField.Id => job.Id,
        JobField.Model => protocol.Models.FirstOrDefault(model => model.Endpoint.Id == job.Endpoint.Id)?.Value ?? job.Endpoint.Id,
        JobField.Word => WordOf(phase),
        JobField.ExpectedSeconds => (decimal)(options.QueueTime + options.JobDuration).TotalSeconds,
        _ => null,
    };

    private JsonNode? OfResult(JobField field, SimulatedJob job, JobPhase phase) => phase != JobPhase.Succeeded ? null : field switch
    {
        JobField.Output => Output(job),
        JobField.First => job.Id + FirstSuffix,
        JobField.Second => job.Id + SecondSuffix,
        JobField.ExpiresAt => jobs.Now.AddHours(1).ToUnixTimeSeconds(),
        _ => null,
    };

    private JsonNode? Output(SimulatedJob job) => protocol.Base64MediaType is { } type
        ? Convert.ToBase64String(MediaKind.For(type, "output").Content(64, 64))
        : job.Result?.DeepClone();

    private decimal Cost(SimulatedJob job) => job.Endpoint.Units(job.Input) * options.UnitPrice;

    private string FailureCode()
    {
        // A code is as good as another, but one that blames the provider is the usual one.
        var code = protocol.FailureKinds.OrderBy(kind => kind.Text == "provider" ? 0 : 1).FirstOrDefault()?.Name;
        return code?.Replace("*", "SIMULATED", StringComparison.Ordinal) ?? "simulated_failure";
    }

    private static JsonNode? Success(EquatableArray<string> codes)
    {
        if (codes.Count == 0)
            return null;
        if (long.TryParse(codes[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        return codes[0] is "true" or "false" ? codes[0] == "true" : codes[0];
    }
}
