using Zoetrope.Errors;
using Zoetrope.Http;

namespace Zoetrope.Uploads;

/// <content>Sending the requests, and what their failures mean.</content>
public sealed partial class FileTransfer
{
    private const string TypeHeader = "Content-Type";

    private void Moved(long bytes) => _options.Progress?.Report(new(Interlocked.Add(ref _sent, bytes), Length));

    private MultipartBody Form(IEnumerable<KeyValuePair<string, string>> fields, string name, out SliceBody body)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentException.ThrowIfNullOrEmpty(name);
        var form = new MultipartBody();
        foreach (var (field, value) in fields)
            form.Add(field, System.Text.Encoding.UTF8.GetBytes(value), null);
        body = new SliceBody(_file, 0, Length, ContentType, Moved);
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

    private TransportRequest Storage(HttpMethod method, Uri address, IEnumerable<KeyValuePair<string, string>>? headers, RequestBody body)
    {
        ArgumentNullException.ThrowIfNull(address);
        var request = new TransportRequest
        {
            Method = method,
            Uri = address,
            Timeout = _options.StallTimeout,
            IsStorage = true,
            Http = _transport.Storage.Client,
            Body = body,
            Accept = "*/*",
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
        var remains = UploadRemains.Nothing;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var response = await _transport.SendAsync(request, ct).ConfigureAwait(false);
                response.Attempts = attempt;
                return response;
            }
            catch (ZoetropeException exception)
            {
                remains = Worse(remains, step, exception);
                if (attempt >= _options.Attempts || content is { IsUnreadable: true } || !MayBeSentAgain(request, exception, isRepeatable))
                    throw Fail(step, Describe(step, part, attempt, exception.Message), remains, exception, part);
                await PauseAsync(step, part, attempt, exception, ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (_caller.IsCancellationRequested)
            {
                throw new OperationCanceledException(exception.Message, exception, _caller);
            }
            catch (OperationCanceledException exception) when (_deadline.IsOver)
            {
                throw Late(step, part, attempt, exception);
            }
        }
    }

    private async Task PauseAsync(UploadStep step, int? part, int attempt, ZoetropeException reason, CancellationToken ct)
    {
        try
        {
            await _transport.PauseAsync(attempt, reason, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!_caller.IsCancellationRequested && _deadline.IsOver)
        {
            throw Late(step, part, attempt, exception);
        }
    }

    private UploadException Late(UploadStep step, int? part, int attempt, OperationCanceledException exception)
    {
        var reason = new TransportException(
            $"the upload did not complete within {_transport.Options.TransferTimeout} ({nameof(ClientOptions.TransferTimeout)})", TransportFailure.TimedOut,
            exception);
        return Fail(step, Describe(step, part, attempt, reason.Message), UploadRemains.Unknown, reason, part);
    }

    private static bool MayBeSentAgain(TransportRequest request, ZoetropeException exception, bool isRepeatable) =>
        HttpExchange.MayBeSentAgain(request, exception) || (isRepeatable && ExchangeFailures.MayPass(exception));

    /// <summary>What remains at the provider after one more attempt has failed.</summary>
    private static UploadRemains Worse(UploadRemains before, UploadStep step, ZoetropeException exception)
    {
        // A request for an address stores nothing.
        if (step == UploadStep.Initiate)
            return UploadRemains.Nothing;
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
