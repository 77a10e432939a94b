using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Zoetrope.Costs;
using Zoetrope.Jobs.Workers;

namespace Zoetrope.Jobs;

/// <summary>What is recorded of intents: it is validated, hashed and priced before anything is written.</summary>
/// <param name="options">The options of the ledger.</param>
/// <param name="prices">What models cost whose documents do not say it.</param>
internal sealed class IntentRows(LedgerOptions options, ModelPrices prices)
{
    // Fewer are made sooner by one thread than by several.
    private const int Share = 64;
    private const int TokenBytes = 16;
    private const int RandomBytes = TokenBytes + JobIds.RandomBytes;

    /// <summary>Creates the rows of intents, in their order. What makes many intents valid takes time, and is done by several threads.</summary>
    /// <exception cref="Errors.ZoetropeException">What is wrong with the first of the intents that are not valid.</exception>
    public LedgerJob[] Of(IReadOnlyList<JobIntent> intents)
    {
        var rows = new LedgerJob[intents.Count];
        var random = RandomNumberGenerator.GetBytes(RandomBytes * rows.Length);
        // Before what is done in any order: jobs are listed in the order of their ids.
        var ids = new string[rows.Length];
        for (var i = 0; i < ids.Length; i++)
            ids[i] = JobIds.Next(random.AsSpan((RandomBytes * i) + TokenBytes, JobIds.RandomBytes));
        var shares = Math.Clamp(rows.Length / Share, 1, Environment.ProcessorCount);
        var failures = new ExceptionDispatchInfo?[shares];
        if (shares == 1)
            Make(0);
        else
            Parallel.For(0, shares, Make);
        // Each share ends at the first that is not valid.
        Array.Find(failures, failure => failure is not null)?.Throw();
        return rows;

        void Make(int share)
        {
            try
            {
                for (var i = rows.Length * share / shares; i < rows.Length * (share + 1) / shares; i++)
                    rows[i] = RowOf(intents[i], ids[i], random.AsSpan(RandomBytes * i, TokenBytes));
            }
            catch (Exception exception)
            {
                failures[share] = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }

    /// <summary>Creates the row of an intent.</summary>
    /// <exception cref="Errors.ZoetropeException">The intent is not valid.</exception>
    public LedgerJob Of(JobIntent intent) => Of([intent])[0];

    private LedgerJob RowOf(JobIntent intent, string id, ReadOnlySpan<byte> token)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var client = options.ClientOf(intent.Provider);
        if (intent.Input.Utf8.IndexOf("\"zoetrope-upload://"u8) >= 0)
        {
            throw new ArgumentException(
                "The input refers to a file of this process, which a ledger cannot keep: upload it with the ledger's UploadAsync, and use what it returns.",
                nameof(intent));
        }
        if (intent.Uploads.Any(upload => (upload.Provider, upload.Account) != (intent.Provider, intent.Uploads[0].Account)))
            throw new ArgumentException($"The files of a job must all be uploaded to its provider, {intent.Provider}, and to one account.", nameof(intent));
        if (intent.Alternatives.Any(other => other.Batch != intent.Batch))
            throw new ArgumentException("The alternatives of an intent must be of its batch: a job is recognized within one.", nameof(intent));
        LedgerLimits.CheckAmount(intent.Ceiling, nameof(intent));
        LedgerLimits.CheckBatch(intent.Batch, nameof(intent));
        intent.Endpoint?.Validate(intent.Input).ThrowIfInvalid();
        if (intent.Endpoint is { } model)
            prices.Add(model);
        var hash = InputHash.Of(intent.Provider, intent.EndpointId, intent.Input);
        var identity = intent is { Identity: null, IdentityModel: null } ? hash : intent.ComputeIdentityHash();
        return new LedgerJob
        {
            Id = id,
            Batch = intent.Batch,
            Label = intent.Label,
            Provider = intent.Provider,
            EndpointId = intent.EndpointId,
            Input = intent.Input,
            InputHash = hash,
            UniqueKey = intent.Again ? null : JobLedger.UniqueKeyOf(intent.IsOnlyOfBatch ? "" : identity, intent.Batch),
            OwnIdentity = intent.Again ? (identity != hash ? identity : null) : intent.IsOnlyOfBatch ? identity : null,
            OtherKeys = intent.Again ? [] : [.. intent.Alternatives.Select(static other => (other.ComputeUniqueKey(), other.Provider))],
            UploadAccount = intent.Uploads is [var upload, ..] ? upload.Account : null,
            FilesExpireAt = intent.Uploads.Min(upload => upload.ExpiresAt),
            IdempotencyKey = client.Protocol.HasIdempotencyKeys ? id : null,
            Token = Convert.ToHexStringLower(token),
            Ceiling = intent.Ceiling ?? CeilingOf(intent),
        };
    }

    private static decimal? CeilingOf(JobIntent intent) =>
        intent.Endpoint?.EstimateCost(intent.Input) is { Unit: CostAmount.Usd, Maximum: { } most } ? most : null;
}
