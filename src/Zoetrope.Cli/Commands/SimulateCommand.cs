using System.CommandLine;
using Zoetrope.Cli.Output;
using Zoetrope.Cli.Simulation;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope simulate</c>: plays the providers on this machine until it is interrupted.</summary>
internal static class SimulateCommand
{
    private const int DefaultPort = 8787;

    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port to listen on; 0 takes a free one.",
        HelpName = "N",
        DefaultValueFactory = _ => DefaultPort,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("simulate", "Plays all providers on this machine. Prints its address, to be given to other commands with --base-url.")
        {
            Port,
        };
        Port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
                result.AddError("--port: must be from 0 to 65535");
        });
        command.SetAction((parsed, _) => Session.RunAsync(session => RunAsync(session, parsed.GetValue(Port))));
        return command;
    }

    private static async Task<int> RunAsync(Session session, int port)
    {
        var (baseUrl, server) = await EmbeddedSimulator.StartAsync(port);
        await using (server)
        {
            Console.Out.WriteLine(Address.Of(baseUrl));
            session.Reporter.Say($"Listening. Try: zoetrope run MODEL --input NAME=VALUE --base-url {Address.Of(baseUrl)}");
            session.Reporter.Say("Any key will do, except bad-key. Ctrl+C ends it.");
            var stopped = new TaskCompletionSource();
            await using (session.Interruption.Asked.Register(stopped.SetResult))
                await stopped.Task;
        }
        return ExitCode.Done;
    }
}
