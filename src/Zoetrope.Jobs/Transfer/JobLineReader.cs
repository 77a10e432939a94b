using System.Text.Json;
using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Jobs.Transfer;

/// <summary>Reads a job that <see cref="JobLine"/> wrote, and refuses one that a ledger could not go on with.</summary>
internal static class JobLineReader
{
    private const string WasSent = "it was being sent when it was exported";
    private const int LongestId = 64;

    // The line is one level more than an input or a result.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = InputHash.Options.MaxDepth + 1 };

    /// <summary>Reads a job. One that was being sent is in doubt from now on.</summary>
    /// <exception cref="FormatException">It is not a job; the message says why.</exception>
    public static LedgerJob Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            var value = document.RootElement;
            return value.ValueKind == JsonValueKind.Object ? Checked(Read(value)) : throw new FormatException("it is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"it is not valid JSON: {exception.Message}", exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("it has a text that is not valid Unicode", exception);
        }
    }

    private static LedgerJob Read(JsonElement value)
    {
        var provider = RequiredText(value, "provider");
        var endpoint = RequiredText(value, "endpoint");
        var batch = Text(value, "batch") ?? "";
        var input = Json(value, "input") ?? throw Missing("input");
        var hash = InputHash.Of(provider, endpoint, input);
        var identity = Text(value, "identity");
        var isOnly = Member(value, "only_of_batch") is { ValueKind: JsonValueKind.True };
        return new LedgerJob
        {
            Id = RequiredText(value, "id"),
            Batch = batch,
            Label = Text(value, "label"),
            Provider = provider,
            EndpointId = endpoint,
            Input = input,
            InputHash = hash,
            UniqueKey = Member(value, "unique") switch
            {
                { ValueKind: JsonValueKind.True } => JobLedger.UniqueKeyOf(isOnly ? "" : identity ?? hash, batch),
                { ValueKind: JsonValueKind.False } => null,
                _ => throw Missing("unique"),
            },
            OwnIdentity = Member(value, "unique") is { ValueKind: JsonValueKind.False } ? identity : isOnly ? identity ?? hash : null,
            UploadAccount = Text(value, "upload_account"),
            FilesExpireAt = Time(value, "files_expire_at"),
            IdempotencyKey = Text(value, "idempotency_key"),
            Token = RequiredText(value, "token"),
            Ceiling = Amount(value, "ceiling", LedgerLimits.Most),
            State = State(RequiredText(value, "state")),
            Version = Number(value, "version"),
            Attempts = (int)Math.Min(Number(value, "attempts"), int.MaxValue),
            Handle = Handle(Text(value, "handle")),
            CreatedAt = Time(value, "created_at") ?? throw Missing("created_at"),
            SentAt = Time(value, "sent_at"),
            AcceptedAt = Time(value, "accepted_at"),
            EndedAt = Time(value, "ended_at"),
            DeliveredAt = Time(value, "delivered_at"),
            Reason = Text(value, "reason"),
            Billed = Member(value, "billed") is { } billed ? Cost(billed) : null,
            EarlierCost = Amount(value, "earlier_cost", LedgerLimits.Most) ?? 0,
            Result = Json(value, "result"),
            Outputs = Member(value, "outputs") is { } outputs ? Texts(outputs) : [],
        };
    }

    // What a worker relies on: it would wait for ever, or send what was accepted, if it did not hold.
    private static LedgerJob Checked(LedgerJob job)
    {
        if (job.Id.Length > LongestId || !job.Id.All(char.IsAsciiLetterOrDigit))
            throw Wrong("id", $"must be up to {LongestId} letters and digits");
        if (job.Handle is { } handle && (handle.Provider != job.Provider || handle.EndpointId != job.EndpointId))
            throw Wrong("handle", $"is not of {job.Provider}:{job.EndpointId}");
        var state = JobLine.NameOf(job.State);
        switch (job.State)
        {
            case LedgerState.Intended or LedgerState.Sent or LedgerState.InDoubt when job.Handle is not null:
                throw Wrong("handle", $"a job with the state '{state}' has none");
            case LedgerState.Sent or LedgerState.InDoubt when job.SentAt is null || job.Attempts == 0:
                throw Wrong("sent_at", $"a job with the state '{state}' was sent, and must have it, and 'attempts'");
            case LedgerState.Accepted or LedgerState.Ended or LedgerState.Delivered when job.Handle is null:
                throw Wrong("handle", $"a job with the state '{state}' must have it");
            case LedgerState.Ended or LedgerState.Delivered when job.Result is null:
                throw Wrong("result", $"a job with the state '{state}' must have it");
            case LedgerState.Sent:
                return job with { State = LedgerState.InDoubt, Version = job.Version + 1, Reason = WasSent };
            default:
                return job;
        }
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static string? Text(JsonElement value, string name) => Member(value, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Wrong(name, "must be a text"),
    };

    private static string RequiredText(JsonElement value, string name) => Text(value, name) is { Length: > 0 } text ? text : throw Missing(name);

    private static RawJson? Json(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? RawJson.Parse(member.GetRawText()) : (RawJson?)null;

    private static long Number(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) && whole >= 0
            ? whole
            : throw Wrong(name, "must be a whole number");

    private static decimal? Amount(JsonElement value, string name, decimal most = decimal.MaxValue) => Member(value, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var amount) && amount >= 0 && amount <= most => amount,
        _ => throw Wrong(name, "must be an amount"),
    };

    private static CostAmount Cost(JsonElement billed) => billed.ValueKind == JsonValueKind.Object
        ? new CostAmount(Amount(billed, "value") ?? throw Missing("billed.value"), RequiredText(billed, "unit"))
        : throw Wrong("billed", "must be an object with 'value' and 'unit'");

    private static DateTimeOffset? Time(JsonElement value, string name) => Member(value, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text when text.TryGetDateTimeOffset(out var time) => time,
        _ => throw Wrong(name, "must be a time such as 2026-11-29T06:00:00Z"),
    };

    private static List<string> Texts(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong("outputs", "must be a list of texts");

    private static JobHandle? Handle(string? text) => text is null ? null : JobHandle.TryParse(text, out var handle)
        ? handle
        : throw Wrong("handle", $"'{text}' is not a job handle");

    private static LedgerState State(string name)
    {
        foreach (var state in Enum.GetValues<LedgerState>())
        {
            if (JobLine.NameOf(state) == name)
                return state;
        }
        throw Wrong("state", $"'{name}' is not one of {string.Join(", ", Enum.GetValues<LedgerState>().Select(JobLine.NameOf))}");
    }

    private static FormatException Missing(string name) => new($"it has no valid '{name}'");

    private static FormatException Wrong(string name, string problem) => new($"'{name}': {problem}");
}
