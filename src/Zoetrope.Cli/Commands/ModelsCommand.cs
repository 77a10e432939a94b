using System.CommandLine;
using System.Text;
using Zoetrope.Catalog;
using Zoetrope.Cli.Models;
using Zoetrope.Cli.Output;
using Zoetrope.Models;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope models</c>: lists what can be run.</summary>
internal static class ModelsCommand
{
    private const int Narrowest = 40;
    private const string Indent = "    ";

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print all details of the models as JSON.",
    };

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var command = new Command("models", "Lists the models of this build.") { Json };
        command.SetAction((parsed, _) => Session.RunAsync(_ =>
        {
            if (parsed.GetValue(Json))
                JsonOutput.Write(ModelsJson.Write);
            else
                Console.Out.Write(Console.IsOutputRedirected ? Rows() : Blocks(Math.Max(Narrowest, Console.WindowWidth)));
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }

    /// <summary>For programs: one line a model, its columns separated by tabs.</summary>
    private static string Rows()
    {
        var text = new StringBuilder();
        foreach (var row in Listed())
            text.Append($"{row.Model}\t{row.Providers}\t{row.Category}\t{string.Join(", ", row.Parameters)}\n");
        return text.ToString();
    }

    /// <summary>For people: a model with its parameters below it, so that nothing is cut off in a narrow terminal.</summary>
    private static string Blocks(int width)
    {
        var text = new StringBuilder();
        foreach (var row in Listed())
        {
            text.Append($"{row.Model}  ({row.Providers}; {row.Category})\n");
            if (row.Price is { } price)
                text.Append($"{Indent}price: {price}\n");
            var line = new StringBuilder(Indent);
            foreach (var (index, parameter) in row.Parameters.Index())
            {
                var word = index + 1 < row.Parameters.Count ? parameter + ", " : parameter;
                if (line.Length > Indent.Length && line.Length + word.TrimEnd().Length > width)
                {
                    text.Append(line.ToString().TrimEnd()).Append('\n');
                    line.Clear().Append(Indent);
                }
                line.Append(word);
            }
            text.Append(line.ToString().TrimEnd()).Append("\n\n");
        }
        return text.Append("Parameters with * are required.\n").ToString();
    }

    private static IEnumerable<(string Model, string Providers, string Category, string? Price, IReadOnlyList<string> Parameters)> Listed()
    {
        foreach (var neutral in NeutralIndex.All)
            yield return (neutral.Name, string.Join(", ", neutral.Providers), "neutral", null, Names(neutral.Parameters));
        foreach (var info in Provider.All.SelectMany(provider => provider.Endpoints))
            yield return (info.Endpoint.Id, info.Endpoint.Provider, info.Category ?? "", PriceOf(info), Names(info.Parameters));
    }

    // A page that states no price says so in a sentence.
    private static string? PriceOf(ModelInfo info) =>
        info.Pricing is { } text && text.Any(char.IsAsciiDigit) ? text.ReplaceLineEndings("; ") : null;

    private static IReadOnlyList<string> Names(IReadOnlyList<ParameterInfo> parameters) =>
        [.. parameters.Select(parameter => parameter.Required ? $"{parameter.Name}*" : parameter.Name)];
}
