using System.Globalization;
using System.Net.Http.Headers;

namespace Zoetrope.Jobs.Notifications;

/// <summary>Sends notifications.</summary>
internal sealed class NotificationClient : IDisposable
{
    // Neither cookies nor a redirect: what is signed for one receiver goes to no other. The body of the response is of no interest.
#pragma warning disable RS0030 // No key is sent; the client of the core has other rules.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 0,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
#pragma warning restore RS0030

    /// <summary>Sends a notification once.</summary>
    public async Task<NotificationResponse> SendAsync(NotificationOptions options, LedgerNotification notification, LedgerJob job)
    {
        var body = NotificationBody.Write(notification, job);
        // The same in each attempt, so that a receiver recognizes what it has.
        var id = string.Create(CultureInfo.InvariantCulture, $"{notification.JobId}-{notification.Sequence}");
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var message = new HttpRequestMessage(HttpMethod.Post, options.Url);
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("zoetrope-jobs", null));
        message.Headers.Add("webhook-id", id);
        message.Headers.Add("webhook-timestamp", timestamp);
        message.Headers.Add("webhook-signature", options.Sign(id, timestamp, body));
        using var deadline = new CancellationTokenSource(options.Timeout);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token).ConfigureAwait(false);
            return NotificationResponse.Of(options.Url, response);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return NotificationResponse.Failed(options.Url, $"did not respond within {options.Timeout}");
        }
        catch (HttpRequestException exception)
        {
            return NotificationResponse.Failed(options.Url, $"could not be reached ({exception.HttpRequestError})");
        }
    }

    public void Dispose() => _http.Dispose();
}
