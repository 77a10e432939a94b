using System.CommandLine;
using Zoetrope.Cli.Jobs;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope cancel HANDLE</c>: asks the provider to cancel a job.</summary>
internal static class CancelCommand
{
    private static readonly Argument<string> Handle = HandleArgument.Create();
    private static readonly Option<Uri?> BaseUrl = Options.BaseUrl();
    private static readonly Option<bool> Json = Options.JsonErrors();

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("cancel", "Asks the provider to cancel a job. Exits with 3 if the job continues, has already ended or is not known.")
        {
            Handle, BaseUrl, Json,
        };
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed)
    {
        var (handle, provider) = HandleArgument.Read(parsed.GetRequiredValue(Handle));
        session.Connection = await ConnectionPlan.ForExistingJob(provider, parsed.GetValue(BaseUrl)).OpenAsync(session.Reporter);
        var outcome = await session.Connection.Clients[0].Resume(handle).CancelAsync(session.Interruption.Asked);
        session.Reporter.WriteLine(CancelText.Of(outcome));
        JsonOutput.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("handle", handle.ToString());
            writer.WriteString("outcome", CancelText.Word(outcome));
            writer.WriteEndObject();
        });
        return outcome == CancelOutcome.Requested
            ? ExitCode.Done
            : session.End(ErrorCode.NotCanceled, ExitCode.Refused, CancelText.Of(outcome));
    }
}
