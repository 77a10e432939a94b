using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <content>Sending the requests, and what their failures mean.</content>
public sealed partial class FileTransfer
{
    private const string TypeHeader = "Content-Type";

    /// <summary>
    /// The exception for a cancellation during the upload: that of the caller, with the caller's token, or an <see cref="UploadException"/> where the time is
    /// over.
    /// </summary>
    /// <param name="step">The step that was waited for.</param>
    /// <param name="exception">The cancellation by <see cref="CancellationToken"/>.</param>
    public Exception Canceled(UploadStep step, OperationCanceledException exception) => Canceled(step, null, 1, UploadRemains.Nothing, exception);

    // Of parts that end together, the last to be reported is the one with the most bytes.
    private void Moved(long bytes)
    {
        lock (_moving)
        {
            _sent += bytes;
            Report(_sent);
        }
    }

    // An exception of the user's own code is not a failure of the connection.
    private void Report(long sent)
    {
        try
        {
            _options.Progress?.Report(new(sent, Length));
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _reporting, exception, null);
            throw;
        }
    }

    private MultipartBody Form(IEnumerable<KeyValuePair<string, string>> fields, string name, out SliceBody body)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var form = new MultipartBody();
        foreach (var (field, value) in fields)
        {
            if (field == name)
                throw Fail(UploadStep.Initiate, $"a field of the form is named '{name}', as the part with the file is");
            form.Add(field, System.Text.Encoding.UTF8.GetBytes(value), null);
        }
        body = new SliceBody(_file, 0, Length, _written, ContentType, Moved);
        form.Add(name, FileName, body);
        return form;
    }

    private static string? TypeIn(IEnumerable<KeyValuePair<string, string>>? headers)
    {
        foreach (var (name, value) in headers ?? [])
        {
            if (name.Equals(TypeHeader, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        return null;
    }

    private Uri Checked(UploadStep step, Uri address) => _transport.Storage.Problem(address) is { } problem
        ? throw Fail(step, $"the address to send it to ({address.GetLeftPart(UriPartial.Scheme)}{address.Host}) is refused: {problem}")
        : address;

    private TransportRequest Storage(
        UploadStep step, HttpMethod method, Uri address, IEnumerable<KeyValuePair<string, string>>? headers, RequestBody body, bool? mayRepeat = null,
        bool ignoresBody = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (body.ContentType is { } type && !HeaderRules.IsValidValue(type))
            throw Fail(step, $"the value of header '{TypeHeader}' in the response contains characters that are not valid in a header, such as a line break");
        var request = new TransportRequest
        {
            Method = method,
            Uri = Checked(step, address),
            Timeout = _options.StallTimeout,
            IsStorage = true,
            Http = _transport.Storage.Client,
            Body = body,
            Accept = "*/*",
            MayRepeat = mayRepeat,
            IgnoresBody = ignoresBody,
        };
        foreach (var header in headers ?? [])
        {
            // The message has these anyway, and its values are the ones that count.
            if (!header.Key.Equals(TypeHeader, StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase)
                && !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                request.Headers.Add(header);
        }
        return request;
    }

    private async Task<TransportResponse> SendAsync(
        UploadStep step, int? part, TransportRequest request, SliceBody? content, bool isRepeatable, CancellationToken ct)
    {
        var remains = step == UploadStep.Complete ? UploadRemains.Parts : UploadRemains.Nothing;
        for (var attempt = 1; ; attempt++)
        {
            content?.BeginAttempt();
            try
            {
                var response = await _transport.SendAsync(request, ct).ConfigureAwait(false);
                response.Attempts = attempt;
                return response;
            }
            catch (Exception) when (Volatile.Read(ref _reporting) is not null)
            {
                throw Fail(
                    step, Describe(step, part, attempt, $"{nameof(UploadOptions.Progress)} threw an exception: {_reporting!.Message}"),
                    Worse(remains, step, content, null), _reporting, part);
            }
            catch (ZoetropeException exception)
            {
                remains = Worse(remains, step, content, exception);
                _isUnreadable |= content is { IsUnreadable: true };
                if (remains == UploadRemains.Unknown && part is null && await FindAsync(step, part, attempt, ct).ConfigureAwait(false) is { } found)
                    return found;
                if (attempt >= _options.Attempts || _isUnreadable || !MayBeSentAgain(request, exception, isRepeatable))
                    throw Fail(step, Describe(step, part, attempt, exception.Message), remains, exception, part);
                await PauseAsync(step, part, attempt, remains, exception, ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (IsOver)
            {
                throw Canceled(step, part, attempt, Worse(remains, step, content, null), exception);
            }
        }
    }

    /// <summary>
    /// Looks for the promised file, because the response to what stores it was lost or makes no sense: what is stored need not be sent again. What proves it is
    /// the length, at an address that the provider named for this upload alone: no other file is there, and one that was stored in part is shorter. A file has
    /// at least one byte (an empty one is refused before anything is sent), so that an empty response proves nothing. Where the address had a file before,
    /// that is older than this upload.
    /// </summary>
    /// <returns>The response that shows the whole file; null where there is none.</returns>
    private async Task<TransportResponse?> FindAsync(UploadStep step, int? part, int attempt, CancellationToken ct)
    {
        if (Promised?.Url is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var address) || _transport.Storage.Problem(address) is not null)
            return null;
        var isThere = false;
        var request = new TransportRequest
        {
            Method = HttpMethod.Head,
            Uri = address,
            Timeout = _options.StallTimeout,
            IsStorage = true,
            Http = _transport.Storage.Client,
            Accept = "*/*",
            IgnoresBody = true,
            Received = head => isThere = head.StatusCode == HttpStatusCode.OK && head.Content.Headers.ContentLength == Length && !IsOlder(head),
        };
        try
        {
            var response = await _transport.SendAsync(request, ct).ConfigureAwait(false);
            return isThere ? response : null;
        }
        catch (ZoetropeException)
        {
            // It may not be public, or not be there: the failure before this one counts.
            return null;
        }
        catch (OperationCanceledException exception) when (IsOver)
        {
            throw Canceled(step, part, attempt, UploadRemains.Unknown, exception);
        }
    }

    // By the clock of the storage alone, whose parts may differ a little.
    private bool IsOlder(HttpResponseMessage head) =>
        head.Content.Headers.LastModified is { } stored && head.Headers.Date is { } now
        && now - stored > _transport.Time.GetElapsedTime(_began) + TimeSpan.FromMinutes(1);

    private bool IsOver => _caller.IsCancellationRequested || _deadline.IsOver;

    private async Task PauseAsync(UploadStep step, int? part, int attempt, UploadRemains remains, ZoetropeException reason, CancellationToken ct)
    {
        try
        {
            await _transport.PauseAsync(attempt, reason, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (IsOver)
        {
            throw Canceled(step, part, attempt, remains, exception);
        }
    }

    private Exception Canceled(UploadStep step, int? part, int attempt, UploadRemains remains, OperationCanceledException exception)
    {
        if (_caller.IsCancellationRequested)
            return new OperationCanceledException(exception.Message, exception, _caller);
        var reason = TooLate(_transport, exception);
        return Fail(step, Describe(step, part, attempt, reason.Message), remains, reason, part);
    }

    private static TransportException TooLate(Transport transport, OperationCanceledException exception) => new(
        $"the upload did not complete within {transport.Options.TransferTimeout} ({nameof(ClientOptions.TransferTimeout)})", TransportFailure.TimedOut,
        exception);

    private static bool MayBeSentAgain(TransportRequest request, ZoetropeException exception, bool isRepeatable) =>
        HttpExchange.MayBeSentAgain(request, exception) || (isRepeatable && ExchangeFailures.MayPass(exception));

    /// <summary>What remains at the provider after one more attempt has failed, or was ended before its response.</summary>
    private static UploadRemains Worse(UploadRemains before, UploadStep step, SliceBody? content, ZoetropeException? exception)
    {
        // A request for an address stores nothing, and neither does one whose body ends before its announced length.
        if (step == UploadStep.Initiate || content is { WasSent: false })
            return before;
        var isRefused = exception switch
        {
            TransportException transport => transport.Failure is TransportFailure.NotConnected or TransportFailure.Refused,
            ServiceException service => ExchangeFailures.IsRefusal(service.StatusCode),
            _ => false,
        };
        return isRefused ? before : UploadRemains.Unknown;
    }

    private static string Describe(UploadStep step, int? part, int attempts, string reason)
    {
        var what = step switch
        {
            UploadStep.Initiate => "asking for an address to send it to",
            UploadStep.Complete => "making a file of its parts",
            _ when part is { } number => "sending part " + number,
            _ => "sending it",
        };
        return $"{what} failed{(attempts > 1 ? $" {attempts} times, the last time" : "")}: {reason}";
    }
}
