using System.Globalization;
using System.Net;
using System.Text.Json;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.CodeGen.Jobs;

/// <content>Submitting a job, and reading the receipt.</content>
public abstract partial class DeclaredProtocol
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The model is not known, or an option is not valid or not supported. Nothing was sent.</exception>
    public sealed override Task<SubmitReceipt> SubmitAsync(string endpointId, RawJson input, SubmitOptions? options, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        CheckOptions(options);
        var key = HasIdempotencyKeys ? options?.IdempotencyKey ?? Guid.NewGuid().ToString() : null;
        var body = new SubmitBody(input, options, key);
        var path = WriteSubmit(endpointId, body);
        var json = body.ToBytes();
        var request = Request(HttpMethod.Post, new Uri(Root + path), json, options, key, form: body.ToForm(json));
        request.Headers.AddRange(body.Headers);
        AddHeaders(request.Headers, options);
        return Transport.SubmitAsync(
            request, endpointId, response => Receipt(endpointId, key, response), (response, part) => Find(endpointId, key, response, part), cancellationToken);
    }

    private void CheckOptions(SubmitOptions? options)
    {
        if (options is null)
            return;
        if (options.GetType() != typeof(SubmitOptions))
            throw new ArgumentException($"{Provider} takes {nameof(SubmitOptions)}, not {options.GetType().Name}. Nothing was sent.", nameof(options));
        if (HasIdempotencyKeys && options.IdempotencyKey is not null && string.IsNullOrWhiteSpace(options.IdempotencyKey))
            throw new ArgumentException("The idempotency key is empty. Nothing was sent.", nameof(options));
        if (options.WebhookUrl is not null && !HasWebhooks)
            throw new ArgumentException($"{Provider} does not support a webhook of a submit. Nothing was sent.", nameof(options));
        WebhookRules.Check(options, _local, HasWebhookSecrets);
    }

    // Two values of one header would be one that nobody knows.
    private static void AddHeaders(List<KeyValuePair<string, string>> headers, SubmitOptions? options)
    {
        foreach (var header in options?.Headers ?? new Dictionary<string, string>())
        {
            if (headers.Exists(set => set.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase)))
            {
                throw new ArgumentException(
                    $"The header '{header.Key}' is set by the client, an idempotency key as {nameof(SubmitOptions.IdempotencyKey)}. Nothing was sent.",
                    nameof(options));
            }
            headers.Add(header);
        }
    }

    private SubmitReceipt Receipt(string endpointId, string? key, TransportResponse response)
    {
        var json = response.Json;
        var job = new JobFields { Id = IdHeader is { } header ? response.Header(header) : null };
        ReadFields(json ?? default, ref job, ReceiptFields);
        if (IsError(isSubmit: true, job))
            throw Rejection(endpointId, key, job, response);
        if (HandleOf(endpointId, key, job) is not { } handle)
            throw response.Malformed("The response to the submit has no job id");
        var status = new JobStatus
        {
            State = JobState.Queued,
            ProviderStatus = job.Word,
            Metrics = job.Cost is null ? JobMetrics.None : CostOf(isSubmit: true, job),
            Raw = json ?? default,
        };
        return new SubmitReceipt(handle, status);
    }

    // An error in place of a job is the provider's own word that there is none; one beside a job is not.
    private SubmitException Rejection(string endpointId, string? key, in JobFields job, TransportResponse response)
    {
        var handle = HandleOf(endpointId, key, job);
        var wasNotAccepted = handle is null && !response.MayRepeatJob && IsRefusal(job.ErrorCode);
        return new SubmitException(Provider, endpointId, wasNotAccepted, response.Attempts, ErrorInside(job, response), handle, key);
    }

    // A code that is an HTTP status says what that status would: one of 500 or more leaves it open, and one below 400, or 0, is not an error of a provider.
    private static bool IsRefusal(string? code) =>
        !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
        || status is not (0 or (>= 100 and < 600))
        || ExchangeFailures.IsRefusal((HttpStatusCode)status);

    private JobHandle? HandleOf(string endpointId, string? key, in JobFields job)
    {
        if (string.IsNullOrWhiteSpace(job.Id))
            return null;
        var handle = new JobHandle(Provider, endpointId, job.Id) { IdempotencyKey = key };
        // An address elsewhere is not requested, because the key would go there: the status has a path of its own.
        return job.StatusUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && Transport.IsTrusted(address)
            && !IsUsual(address, handle)
            ? new JobHandle(Provider, endpointId, job.Id, url) { IdempotencyKey = key }
            : handle;
    }

    // A path cannot have every id.
    private bool IsUsual(Uri address, JobHandle handle) => handle.JobId is not ("." or "..")
        && Uri.TryCreate(Root + StatusPath(handle), UriKind.Absolute, out var usual)
        && address == usual;

    private JobHandle? Find(string endpointId, string? key, TransportResponse? response, ReadOnlyMemory<byte> part)
    {
        var job = new JobFields { Id = IdHeader is { } header ? response?.Header(header) : null };
        var reader = new Utf8JsonReader(part.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            if (reader.Read())
                ReadReceipt(ref reader, ref job);
        }
        catch (JsonException)
        {
            // Values before the truncation count.
        }
        return HandleOf(endpointId, key, job);
    }
}
