using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Pages;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Cli.Play;

/// <summary>
/// Shows a submit as a command line of curl: the client sends it to a server of this process, without a key, and what arrives there is written down. So it is
/// what would be sent, whatever the provider's protocol is.
/// </summary>
internal sealed class RequestRecorder : IAsyncDisposable
{
    private const int Longest = 16 << 20;

    // What the client has in place of a key.
    private const string Key = "zoetrope-shown-key";

    // Curl sets these itself, and they say nothing of the request.
    private static readonly HashSet<string> _hidden = new(
        ["Host", "Content-Length", "Connection", "Accept-Encoding", "User-Agent", "traceparent", "Transfer-Encoding", "Accept"],
        StringComparer.OrdinalIgnoreCase);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, (MediaClient Recorded, string Root, string Real)> _clients = new(StringComparer.Ordinal);
    private WebApplication? _server;
    private RecordedSubmit? _recorded;

    /// <summary>The command line that submits an input.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The input, with URLs in place of files.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The command line; null where the request was not sent as it is.</returns>
    public async Task<string?> CurlAsync(PlayModel model, RawJson input, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _server ??= await LocalServer.StartAsync(0, Longest, RecordAsync, cancellationToken);
            if (!_clients.TryGetValue(model.Provider.Name, out var client))
                _clients[model.Provider.Name] = client = Connect(model.Provider, new Uri(LocalServer.Address(_server)));
            _recorded = null;
            try
            {
                await client.Recorded.Protocol.SubmitAsync(model.Info.Endpoint.Id, input, null, cancellationToken);
            }
            catch (Exception exception) when (exception is ZoetropeException or ArgumentException or HttpRequestException)
            {
                // It was refused, or could not even be written.
            }
            return _recorded is { } submit ? Write(submit, model.Provider.KeyVariable, client.Root, client.Real) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var (client, _, _) in _clients.Values)
            client.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _turn.Dispose();
    }

    private static (MediaClient, string, string) Connect(Provider provider, Uri server)
    {
        var recorded = provider.ConnectToRecorder(server, Key);
        using var real = provider.ConnectWithoutKey();
        return (recorded, RootOf(recorded), RootOf(real));
    }

    private static string RootOf(MediaClient client) => client.Protocol.BaseUrl!.ToString().TrimEnd('/');

    private async Task RecordAsync(HttpContext context)
    {
        var request = context.Request;
        List<(string, string)>? form = null;
        var body = "";
        if (request.HasFormContentType)
            form = [.. (await request.ReadFormAsync(context.RequestAborted)).SelectMany(part => part.Value.Select(value => (part.Key, value ?? "")))];
        else
        {
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            body = await reader.ReadToEndAsync(context.RequestAborted);
        }
        var headers = request.Headers
            .Where(header => !_hidden.Contains(header.Key) && !(form is not null && header.Key == "Content-Type"))
            .Select(header => $"{header.Key}: {header.Value}");
        _recorded ??= new RecordedSubmit(
            request.Method, $"{request.Scheme}://{request.Host}{request.Path}{request.QueryString}", [.. headers], body, form);
        // Definitely not accepted: nothing is sent again.
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static string Write(RecordedSubmit submit, string variable, string root, string real)
    {
        var url = submit.Url.StartsWith(root, StringComparison.Ordinal) ? real + submit.Url[root.Length..] : submit.Url;
        var text = new StringBuilder($"curl {ShellText.QuoteForPosix(url)}");
        foreach (var header in submit.Headers)
        {
            // In double quotes, a shell puts the variable in place; the header around it is the client's own, and has nothing else that a shell reads.
            var value = header.Contains(Key, StringComparison.Ordinal)
                ? $"\"{header.Replace(Key, "$" + variable, StringComparison.Ordinal)}\""
                : ShellText.QuoteForPosix(header);
            text.Append($" \\\n  -H {value}");
        }
        foreach (var (name, value) in submit.Form ?? [])
            text.Append($" \\\n  --form-string {ShellText.QuoteForPosix($"{name}={value}")}");
        if (submit.Form is null)
            text.Append($" \\\n  -d {ShellText.QuoteForPosix(PlayJson.Indent(submit.Body))}");
        return text.ToString();
    }

    private sealed record RecordedSubmit(
        string Method, string Url, IReadOnlyList<string> Headers, string Body, IReadOnlyList<(string Name, string Value)>? Form);
}
