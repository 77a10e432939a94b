using System.Net.Http.Headers;
using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>A page that a command serves, until this is disposed.</summary>
public class ServedPage : IDisposable
{
    protected ServedPage((CliProcess Process, JsonElement Line) started)
    {
        (Process, Line) = started;
        Url = new Uri(Line.GetProperty("url").GetString()!);
        Token = Line.GetProperty("token").GetString()!;
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

    /// <summary>Starts the command, and waits for the line that it prints.</summary>
    protected static async Task<(CliProcess, JsonElement)> RunAsync(string[] command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = CliProcess.Start(command, environment, collectOutput: false);
        try
        {
            if (await process.Output.ReadLineAsync(TestContext.Current.CancellationToken) is not { } line)
                throw new InvalidOperationException($"It printed nothing: {string.Join('\n', (await process.FinishAsync()).ErrorLines)}");
            using var document = JsonDocument.Parse(line);
            return (process, document.RootElement.Clone());
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
        GC.SuppressFinalize(this);
    }
}
