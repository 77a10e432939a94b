using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli;

/// <summary>One run of a command: what it tells, what it is connected to, and whether it was interrupted.</summary>
internal sealed class Session : IAsyncDisposable
{
    private Session()
    {
    }

    /// <summary>Tells on stderr how things go.</summary>
    public IReporter Reporter { get; } = Output.Reporter.Create();

    /// <summary>Ctrl+C and SIGTERM.</summary>
    public Interruption Interruption { get; } = new();

    /// <summary>Where requests go, once it is known.</summary>
    public Connection? Connection { get; set; }

    /// <summary>Runs a command: whatever it throws becomes words on stderr and an exit code.</summary>
    public static async Task<int> RunAsync(Func<Session, Task<int>> command)
    {
        await using var session = new Session();
        try
        {
            return await command(session);
        }
        catch (Exception exception)
        {
            return Failure.Report(exception, session);
        }
    }

    /// <summary>Tells what a job is found again by, and how.</summary>
    public void SayHowToResume(JobHandle handle)
    {
        Reporter.Say($"handle: {handle}");
        if (Connection is { IsEmbedded: true })
            Reporter.Say("The embedded simulator and its jobs end with this process; those of `zoetrope simulate` can be resumed.");
        else if (Connection?.BaseUrl is { } baseUrl)
            Reporter.Say($"resume with: zoetrope resume {handle} --base-url {Address.Of(baseUrl)}");
        else
            Reporter.Say($"resume with: zoetrope resume {handle}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Connection is not null)
            await Connection.DisposeAsync();
        Interruption.Dispose();
    }
}
