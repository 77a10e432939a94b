using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Zoetrope.Cli.Pages;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Cli.Play;

/// <summary>
/// Shows a submit as a command line of curl: the client writes the request, without a key, and the last of its handlers keeps it and sends nothing. So it is
/// what would be sent, whatever the provider's protocol is.
/// </summary>
internal static class RequestRecorder
{
    // What the client has in place of a key. Nobody knows it, so it is in no input.
    private static readonly string _key = "key-" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    // Curl sets these itself, and they say nothing of the request.
    private static readonly HashSet<string> _hidden = new(
        ["Host", "Content-Length", "Connection", "Accept-Encoding", "User-Agent", "traceparent", "Transfer-Encoding", "Accept"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The command line that submits an input.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The input, with URLs in place of files.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The command line; null where the client does not write a request of that input.</returns>
    public static async Task<string?> CurlAsync(PlayModel model, RawJson input, CancellationToken cancellationToken)
    {
        using var keeper = new RequestKeeper();
#pragma warning disable RS0030 // The rules of the SDK's clients are about connections: this one has none.
        using var http = new HttpClient(keeper, disposeHandler: false);
#pragma warning restore RS0030
        using var client = RecordedClient.Of(model.Provider.Name, _key, http);
        try
        {
            await client.Protocol.SubmitAsync(model.Info.Endpoint.Id, input, null, cancellationToken);
        }
        catch (Exception exception) when (exception is ZoetropeException or ArgumentException or HttpRequestException)
        {
            // It was refused, as each is here, or could not even be written.
        }
        return keeper.Request is { } request ? await WriteAsync(request, model.Provider.KeyVariable) : null;
    }

    private static async Task<string> WriteAsync(KeptRequest request, string variable)
    {
        var text = new StringBuilder($"curl {ShellText.QuoteForPosix(request.Url)}");
        if (request.Method != HttpMethod.Post.Method)
            text.Append(CultureInfo.InvariantCulture, $" \\\n  -X {ShellText.QuoteForPosix(request.Method)}");
        var boundary = BoundaryOf(request);
        foreach (var (name, value) in request.Headers)
        {
            if (!_hidden.Contains(name) && (boundary is null || name != HeaderNames.ContentType))
                text.Append($" \\\n  -H {QuoteWithKey($"{name}: {value}", variable)}");
        }
        if (boundary is null)
            text.Append($" \\\n  -d {ShellText.QuoteForPosix(PlayJson.Indent(Encoding.UTF8.GetString(request.Body)))}");
        else
        {
            foreach (var argument in await PartsAsync(boundary, request.Body))
                text.Append($" \\\n  {argument}");
        }
        return text.ToString();
    }

    // Only the variable itself is where a shell looks for variables.
    private static string QuoteWithKey(string header, string variable) =>
        string.Join($"\"${variable}\"", header.Split(_key).Select(static part => part.Length == 0 ? "" : ShellText.QuoteForPosix(part)));

    private static string? BoundaryOf(KeptRequest request) =>
        MediaTypeHeaderValue.TryParse(request.Headers.FirstOrDefault(static header => header.Name == HeaderNames.ContentType).Value, out var type)
            && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).ToString()
            : null;

    private static async Task<List<string>> PartsAsync(string boundary, byte[] body)
    {
        var arguments = new List<string>();
        var reader = new MultipartReader(boundary, new MemoryStream(body));
        while (await reader.ReadNextSectionAsync() is { } part)
        {
            // A file is never among them: inputs have its URL.
            using var value = new StreamReader(part.Body);
            var name = HeaderUtilities.RemoveQuotes(part.GetContentDispositionHeader()?.Name ?? "");
            arguments.Add($"--form-string {ShellText.QuoteForPosix($"{name}={await value.ReadToEndAsync()}")}");
        }
        return arguments;
    }

    private sealed record KeptRequest(string Method, string Url, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body);

    /// <summary>Keeps the first request, and sends none.</summary>
    private sealed class RequestKeeper : HttpMessageHandler
    {
        public KeptRequest? Request { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is { } content ? await content.ReadAsByteArrayAsync(cancellationToken) : [];
            var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated.AsEnumerable() ?? [])
                .Select(static header => (header.Key, header.Value.ToString()));
            Request ??= new KeptRequest(request.Method.Method, request.RequestUri!.AbsoluteUri, [.. headers], body);
            // Definitely not accepted: nothing is sent again.
            return new HttpResponseMessage(HttpStatusCode.BadRequest) { RequestMessage = request };
        }
    }
}
