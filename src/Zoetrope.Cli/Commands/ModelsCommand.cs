using System.CommandLine;
using Spectre.Console;
using Zoetrope.Catalog;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope models</c>: lists what can be run.</summary>
internal static class ModelsCommand
{
    private const int PipeWidth = 10_000;

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print everything that is known about the models as JSON.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("models", "Lists the models that this build knows.") { Json };
        command.SetAction((parsed, _) => Session.RunAsync(_ =>
        {
            if (parsed.GetValue(Json))
                JsonOutput.Write(ModelsJson.Write);
            else
                WriteTable();
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }

    private static void WriteTable()
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("MODEL").NoWrap()).AddColumn(new TableColumn("PROVIDER").NoWrap());
        table.AddColumn(new TableColumn("CATEGORY").NoWrap()).AddColumn("PARAMETERS (* required)");
        foreach (var neutral in NeutralIndex.All)
            AddRow(table, neutral.Name, string.Join(", ", neutral.Providers), "neutral", ModelTarget.ParametersOf(neutral));
        foreach (var info in Provider.All.SelectMany(provider => provider.Endpoints))
            AddRow(table, info.Endpoint.Id, info.Endpoint.Provider, info.Category ?? "", info.Parameters);
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        // A pipe has no edge: nothing is broken, so that each model is one line.
        if (Console.IsOutputRedirected)
            console.Profile.Width = PipeWidth;
        console.Write(table);
    }

    private static void AddRow(Table table, string model, string provider, string category, IReadOnlyList<ParameterInfo> parameters) =>
        table.AddRow(new Text(model), new Text(provider), new Text(category), new Text(Names(parameters)));

    private static string Names(IReadOnlyList<ParameterInfo> parameters) =>
        string.Join(", ", parameters.Select(parameter => parameter.Required ? $"{parameter.Name}*" : parameter.Name));
}
