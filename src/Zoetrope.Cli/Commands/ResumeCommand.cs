using System.CommandLine;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope resume HANDLE</c>: follows a job that another process submitted.</summary>
internal static class ResumeCommand
{
    private static readonly Argument<string> Handle = HandleArgument.Create();
    private static readonly Option<Uri?> BaseUrl = Options.BaseUrl();
    private static readonly Option<TimeSpan?> Timeout = Options.Timeout();
    private static readonly Option<string?> Output = Options.Output();
    private static readonly Option<bool> CancelOnInterrupt = Options.CancelOnInterrupt();
    private static readonly Option<bool> Json = Options.JsonErrors();

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("resume", "Waits for a job that was submitted earlier and prints its result as JSON. Nothing is submitted again.")
        {
            Handle, Output, Timeout, CancelOnInterrupt, BaseUrl, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var (handle, provider) = HandleArgument.Read(parsed.GetRequiredValue(Handle));
        var output = parsed.GetValue(Output);
        var follow = new FollowOptions(parsed.GetValue(Timeout), output is null ? null : OutputTarget.Parse(output), parsed.GetValue(CancelOnInterrupt));
        session.Connection = await ConnectionPlan.ForExistingJob(provider, parsed.GetValue(BaseUrl)).OpenAsync(session.Reporter);
        return await JobFollower.FollowAsync(session, ResumedJob.Of(session.Connection.Clients[0], handle), follow);
    }
}
