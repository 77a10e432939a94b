using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Zoetrope.Cli.Commands;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Help;

/// <summary>The help of a command, and below it examples, environment variables and exit codes.</summary>
/// <param name="help">Writes what the command itself says.</param>
internal sealed class HelpWithNotes(HelpAction help) : SynchronousCommandLineAction
{
    private static string Common => $"""
        Environment:
        {string.Join('\n', Provider.All.DistinctBy(provider => provider.KeyVariables)
            .Select(provider => $"  {provider.KeyVariables,-40}  the key of {provider.Name}"))}
          FAL_BASE_URL, EACHLABS_BASE_URL …         another server than the provider's
          ZOETROPE_DEBUG=1                          shows stack traces
          NO_COLOR=1                                disables colors

        Exit codes:
          0    done
          1    failed on this machine, or documents have problems
          2    wrong usage, or the request is not valid: nothing was sent
          3    rejected by the provider, or the job (one of the batch) failed there
          4    stopped waiting: the job goes on; of a batch, jobs are left that wait
          5    the submit broke off: the job may exist, do not just submit again
          130  interrupted: the job is left running

        """;

    private const string RunExamples = """
        Examples:
          zoetrope run kling-o3-pro-image-to-video --simulate -i image_url=https://example.com/a.png -i "prompt=She waves"
          zoetrope run kling-o3-pro-image-to-video --provider fal --file image_url=a.png -i "prompt=She waves" -o clip.mp4
          zoetrope run fal-ai/flux/dev --provider fal -i "prompt=a zoetrope" -o picture


        """;

    private const string BatchExamples = """
        Examples:
          zoetrope batch shots.jsonl --model kling-o3-pro-image-to-video --out clips --simulate
          zoetrope batch shots.csv --model kling-o3-pro-image-to-video --out clips --max-cost 20 --parallel 50
          zoetrope jobs doubts --ledger clips


        """;

    private const string RootExamples = """
        Examples:
          zoetrope models
          zoetrope run kling-o3-pro-image-to-video --simulate -i image_url=https://example.com/a.png -i "prompt=She waves"
          zoetrope batch shots.jsonl --model kling-o3-pro-image-to-video --out clips --max-cost 20
          zoetrope resume fal:fal-ai/kling-video/o3/pro/image-to-video:764cabcf-... -o clip.mp4
          zoetrope simulate --job-time 30s --log


        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var isJson = ErrorOutput.HasJson(parseResult);
        if (RunCommand.FindModel(parseResult) is { } target)
        {
            if (isJson)
                JsonOutput.Write(writer => ModelHelp.WriteSchema(writer, target));
            else
                Console.Out.Write(ModelHelp.Text(target, WrappedText.WidthOfOutput));
            return ExitCode.Done;
        }
        if (isJson)
        {
            JsonOutput.Write(writer => HelpJson.Write(writer, parseResult.CommandResult.Command));
            return ExitCode.Done;
        }
        // System.CommandLine breaks no line where stdout is not a terminal.
        help.MaxWidth = WrappedText.WidthOfOutput;
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        switch (parseResult.CommandResult.Command)
        {
            case { Name: "run" }:
                output.Write(RunExamples + Common);
                break;
            case { Name: "batch" }:
                output.Write(BatchExamples + Common);
                break;
            case { Name: "resume" or "cancel" }:
                output.Write(Common);
                break;
            case { Parents: var parents } when !parents.Any():
                output.Write(RootExamples + Common);
                break;
        }
        return code;
    }
}
