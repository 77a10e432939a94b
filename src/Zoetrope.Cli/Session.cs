using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli;

/// <summary>One run of a command: what it reports, what it is connected to, and whether it was interrupted.</summary>
internal sealed class Session : IAsyncDisposable
{
    private Session()
    {
    }

    /// <summary>Reports on stderr how things go.</summary>
    public IReporter Reporter { get; } = Output.Reporter.Create();

    /// <summary>The signals that ask to stop.</summary>
    public Interruption Interruption { get; } = new();

    /// <summary>Where requests go, once it is known.</summary>
    public Connection? Connection { get; set; }

    /// <summary>Runs a command: an exception becomes a message on stderr and an exit code.</summary>
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

    /// <summary>Reports what a job is found again by. Where that cannot be printed, it is kept in a file.</summary>
    public void SayHandle(JobHandle handle)
    {
        Reporter.Say($"handle: {handle}");
        if (QuietWriter.HasFailed && Connection is not { IsEmbedded: true })
            LostHandles.Keep(HowToResume(handle));
    }

    /// <summary>Reports how to resume a job that is no longer waited for.</summary>
    public void SayHowToResume(JobHandle handle) => Reporter.Say(Connection is { IsEmbedded: true }
        ? "The embedded simulator and its jobs end with this command; jobs of `zoetrope simulate` can be resumed."
        : $"resume with: {HowToResume(handle)}");

    /// <summary>Prints output beside a failure. A stdout that cannot be written to is reported in a line, and does not replace that failure.</summary>
    public bool TryPrint(Action print)
    {
        try
        {
            print();
            return true;
        }
        catch (IOException exception)
        {
            Reporter.Say(exception.Message);
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Connection is not null)
            await Connection.DisposeAsync();
        Interruption.Dispose();
    }

    private string HowToResume(JobHandle handle) =>
        Connection?.BaseUrlOf(handle.Provider) is { } baseUrl ? $"zoetrope resume {handle} --base-url {Address.Of(baseUrl)}" : $"zoetrope resume {handle}";
}
