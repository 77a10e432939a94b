using System.CommandLine;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope resume HANDLE</c>: follows a job that another process submitted.</summary>
internal static class ResumeCommand
{
    private static readonly Argument<string> Handle = HandleArgument.Create();
    private static readonly Option<Uri?> BaseUrl = Options.BaseUrl();
    private static readonly Option<TimeSpan?> Timeout = Options.Timeout();
    private static readonly Option<string?> Output = Options.Output();
    private static readonly Option<bool> CancelOnInterrupt = Options.CancelOnInterrupt();
    private static readonly Option<bool> Open = Options.Open();
    private static readonly Option<bool> Preview = Options.Preview();
    private static readonly Option<bool> Json = Options.JsonErrors();

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("resume", "Waits for a job that was submitted earlier and prints its result as JSON. Nothing is submitted again.")
        {
            Handle, Output, Timeout, CancelOnInterrupt, BaseUrl, Open, Preview, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var (handle, provider) = HandleArgument.Read(parsed.GetRequiredValue(Handle));
        var follow = FollowOptions.Read(
            parsed.GetValue(Timeout), parsed.GetValue(Output), parsed.GetValue(CancelOnInterrupt), parsed.GetValue(Open), parsed.GetValue(Preview));
        session.Connection = await ConnectionPlan.ForExistingJob(provider, parsed.GetValue(BaseUrl)).OpenAsync(session.Reporter);
        return await JobFollower.FollowAsync(session, ResumedJob.Of(session.Connection.Clients[0], handle), follow);
    }
}
