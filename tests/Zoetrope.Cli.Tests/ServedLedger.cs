using System.Net.Http.Headers;
using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>A ledger whose page is served by <c>zoetrope jobs serve</c>, until this is disposed.</summary>
public sealed class ServedLedger : IDisposable
{
    private ServedLedger(CliProcess process, JsonElement line)
    {
        Process = process;
        Line = line;
        Url = new Uri(line.GetProperty("url").GetString()!);
        Token = line.GetProperty("token").GetString()!;
        Origin = new Uri(Url.GetLeftPart(UriPartial.Authority));
        Client = new HttpClient { BaseAddress = Origin };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>The process.</summary>
    public CliProcess Process { get; }

    /// <summary>What it printed.</summary>
    public JsonElement Line { get; }

    /// <summary>The address that opens the page.</summary>
    public Uri Url { get; }

    /// <summary>The address without the token.</summary>
    public Uri Page => new(Url.GetLeftPart(UriPartial.Path));

    /// <summary>The server, where programs ask with the token.</summary>
    public Uri Origin { get; }

    public string Token { get; }

    /// <summary>Sends the token.</summary>
    public HttpClient Client { get; }

    public static async Task<ServedLedger> StartAsync(string ledger, params string[] more)
    {
        var process = CliProcess.Start(["jobs", "serve", "--ledger", ledger, "--json", .. more], collectOutput: false);
        try
        {
            if (await process.Output.ReadLineAsync(TestContext.Current.CancellationToken) is not { } line)
                throw new InvalidOperationException($"It printed nothing: {string.Join('\n', (await process.FinishAsync()).ErrorLines)}");
            using var document = JsonDocument.Parse(line);
            return new ServedLedger(process, document.RootElement.Clone());
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>The JSON at a path.</summary>
    public async Task<JsonElement> JsonAsync(string path)
    {
        using var document = JsonDocument.Parse(await Client.GetStringAsync(path, TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }

    public void Dispose()
    {
        Client.Dispose();
        Process.Dispose();
    }
}
