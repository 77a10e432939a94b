using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Zoetrope.Costs;
using Zoetrope.Json;

namespace Zoetrope.Jobs.Storage;

/// <summary>How jobs are written as rows, and read from them.</summary>
internal static class SqlRow
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns =
        "id, batch, label, provider, endpoint, input, hash, unique_key, idempotency, token, ceiling, state, version, owner, attempts, handle, created, due, "
        + "sent, accepted, ended, delivered, reason, cost, cost_unit, earlier, result, outputs, op, identity, account, expires, failing";

    /// <summary>The same for jobs without their input and their result, which are not even read.</summary>
    public const string ColumnsWithoutContent =
        "id, batch, label, provider, endpoint, 'null', hash, unique_key, idempotency, token, ceiling, state, version, owner, attempts, handle, created, due, "
        + "sent, accepted, ended, delivered, reason, cost, cost_unit, earlier, NULL, outputs, op, identity, account, expires, failing";

    // Costs are whole numbers of a billionth: prices of a token are that small, and sums must not depend on their order.
    private const decimal Scale = 1_000_000_000m;
    private const decimal Most = 9_000_000_000m;

    /// <summary>Reads a job, and the id of the work that wrote it last.</summary>
    /// <exception cref="LedgerException">The row is not that of a job: something else has written it, or it is damaged.</exception>
    public static (LedgerJob Job, string? WrittenBy) Read(DbDataReader reader) => Readable(reader, ReadJob, "The row of the job", 0);

    /// <summary>Reads what a worker needs to wait for a job: id, version, state, provider and handle.</summary>
    /// <exception cref="LedgerException">The row is not that of a job.</exception>
    public static ClaimedJob ReadClaimed(DbDataReader reader) => Readable(reader, ReadWait, "The row of the job", 0);

    /// <summary>Reads an entry of the history: seq, job, version, at, kind and text.</summary>
    /// <exception cref="LedgerException">The row is not that of an entry.</exception>
    public static LedgerEvent ReadEvent(DbDataReader reader) => Readable(reader, ReadEntry, "An entry in the history of the job", 1);

    private static (LedgerJob Job, string? WrittenBy) ReadJob(DbDataReader reader)
    {
        var job = new LedgerJob
        {
            Id = reader.GetString(0),
            Batch = reader.GetString(1),
            Label = Text(reader, 2),
            Provider = reader.GetString(3),
            EndpointId = reader.GetString(4),
            Input = RawJson.Parse(reader.GetString(5)),
            InputHash = reader.GetString(6),
            UniqueKey = Text(reader, 7),
            IdempotencyKey = Text(reader, 8),
            Token = reader.GetString(9),
            Ceiling = Amount(reader, 10),
            State = (LedgerState)reader.GetInt64(11),
            Version = reader.GetInt64(12),
            Owner = Text(reader, 13),
            Attempts = (int)reader.GetInt64(14),
            Handle = Text(reader, 15) is { } handle ? JobHandle.Parse(handle) : null,
            CreatedAt = Time(reader, 16)!.Value,
            DueAt = Time(reader, 17)!.Value,
            SentAt = Time(reader, 18),
            AcceptedAt = Time(reader, 19),
            EndedAt = Time(reader, 20),
            DeliveredAt = Time(reader, 21),
            Reason = Text(reader, 22),
            Billed = Amount(reader, 23) is { } cost ? new CostAmount(cost, reader.GetString(24)) : null,
            EarlierCost = Amount(reader, 25) ?? 0,
            // Without the type, the null would become a JSON null.
            Result = Text(reader, 26) is { } result ? RawJson.Parse(result) : (RawJson?)null,
            Outputs = Text(reader, 27) is { } outputs ? Outputs(outputs) : [],
            OwnIdentity = Text(reader, 29),
            UploadAccount = Text(reader, 30),
            FilesExpireAt = Time(reader, 31),
            FailingSince = Time(reader, 32),
        };
        return (job, Text(reader, 28));
    }

    private static ClaimedJob ReadWait(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), (LedgerState)reader.GetInt64(2), string.Intern(reader.GetString(3)),
        Text(reader, 4) is { } handle ? Shared(JobHandle.Parse(handle)) : null);

    private static LedgerEvent ReadEntry(DbDataReader reader) => new(
        reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), Time(reader, 3)!.Value, (LedgerEventKind)reader.GetInt64(4), Text(reader, 5));

    /// <summary>Reads a notification: subscriber, seq, job, kind, at, state, attempts, due and reason.</summary>
    public static LedgerNotification ReadNotification(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), reader.GetString(2), (LedgerEventKind)reader.GetInt64(3), Time(reader, 4)!.Value,
        (NotificationState)reader.GetInt64(5), (int)reader.GetInt64(6), Time(reader, 7)!.Value, Text(reader, 8));

    /// <summary>
    /// The column by which a provider's job is found; null where there is none. Some providers' ids are texts of any length, which an index does not take.
    /// </summary>
    public static string? Remote(JobHandle? handle) => handle switch
    {
        null => null,
        { JobId.Length: <= 200 } => handle.JobId,
        _ => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(handle.JobId))),
    };

    /// <summary>The column of an amount; null where there is none.</summary>
    public static long? Billionths(decimal? amount) => amount is { } value ? (long)(Math.Clamp(value, -Most, Most) * Scale) : null;

    /// <summary>The amount in a column.</summary>
    public static decimal FromBillionths(long value) => value / Scale;

    /// <summary>The column of a time; null where there is none.</summary>
    public static long? Milliseconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    /// <summary>The column of a duration.</summary>
    public static long Milliseconds(TimeSpan duration) => (long)Math.Min(duration.TotalMilliseconds, 1e15);

    /// <summary>The column of the locations of files; null where there are none.</summary>
    public static string? Column(IReadOnlyList<string>? outputs)
    {
        if (outputs is null)
            return null;
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartArray();
            foreach (var output in outputs)
                writer.WriteStringValue(output);
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    // What is not as it was written is found while its columns are read, in as many ways as there are types.
    private static T Readable<T>(DbDataReader reader, Func<DbDataReader, T> read, string what, int column)
    {
        try
        {
            return read(reader);
        }
        catch (Exception exception) when (
            exception is FormatException or JsonException or ArgumentException or InvalidCastException or InvalidOperationException or OverflowException)
        {
            throw new LedgerException($"{what} '{reader.GetValue(column)}' cannot be read: {exception.Message}", exception);
        }
    }

    // Tens of thousands of waits share the names of few models.
    private static JobHandle Shared(JobHandle handle) => new(string.Intern(handle.Provider), string.Intern(handle.EndpointId), handle.JobId, handle.Location)
    {
        IdempotencyKey = handle.IdempotencyKey,
        TraceParent = handle.TraceParent,
    };

    private static List<string> Outputs(string text)
    {
        using var document = JsonDocument.Parse(text);
        return [.. document.RootElement.EnumerateArray().Select(item => item.GetString()!)];
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static decimal? Amount(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : FromBillionths(reader.GetInt64(column));

    /// <summary>The time in a column; null where there is none.</summary>
    public static DateTimeOffset? Time(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
