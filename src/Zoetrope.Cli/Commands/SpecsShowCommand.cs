using System.CommandLine;
using Zoetrope.Cli.Input;
using Zoetrope.Cli.Vendoring;
using Zoetrope.Generator.Tooling;

namespace Zoetrope.Cli.Commands;

/// <summary><c>zoetrope specs show MODEL</c>: shows what is generated from the documents of a model.</summary>
internal static class SpecsShowCommand
{
    private static readonly Argument<string> Model = new("MODEL")
    {
        Description = "The model: its id at the provider, or the C# name of its class; after the provider and a colon where several providers have it.",
    };

    private static readonly Option<string> In = VendoringOptions.Folder("--in", "");

    private static readonly Option<bool> CSharp = new("--csharp")
    {
        Description = "Print the C# that is generated.",
    };

    private static readonly Option<bool> Example = new("--example")
    {
        Description = "Print a request that the documents allow, as JSON: examples of the documents where they are valid, made-up values elsewhere.",
    };

    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print everything but the C# as JSON.",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command("show", "Shows the signature of a model: parameters and result with their C# names and types, defaults, limits and values, "
            + "the rules between parameters, price, and the time that a job usually takes.")
        {
            Model, In, CSharp, Example, Json,
        };
        command.Validators.Add(result =>
        {
            if (new[] { CSharp, Example, Json }.Count(option => result.GetValue(option)) > 1)
                result.AddError("--csharp, --example and --json: use one of them");
        });
        command.SetAction((parsed, _) => Session.RunAsync(session => Task.FromResult(Run(session, parsed))));
        return command;
    }

    private static int Run(Session session, ParseResult parsed)
    {
        var folder = parsed.GetRequiredValue(In);
        if (!Directory.Exists(folder))
            throw new UsageException($"--in: no such folder: '{folder}'");
        var sources = SpecPaths.Below(folder).Select(file => new SpecSource(file, SpecText.Read(file)));
        var card = Find(ModelCards.Of(sources, session.Interruption.Asked), parsed.GetRequiredValue(Model), folder);
        if (parsed.GetValue(CSharp))
            Console.Out.Write(card.Source);
        else if (parsed.GetValue(Json))
            CardOutput.WriteJson(card);
        else if (!parsed.GetValue(Example))
            Console.Out.Write(CardOutput.Text(card));
        else if (card.Example is { } example)
            CardOutput.WriteExample(example);
        else
        {
            session.Reporter.WriteLine($"No request can be made for {card.Id}: the documents do not say enough about its parameters.");
            return ExitCode.ProblemsFound;
        }
        return ExitCode.Done;
    }

    private static ModelCard Find(IReadOnlyList<ModelCard> cards, string text, string folder)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var candidates = colon < 0 ? cards : [.. cards.Where(card => card.Provider.Equals(text[..colon], StringComparison.OrdinalIgnoreCase))];
        var typed = text[(colon + 1)..];
        IReadOnlyList<ModelCard> found = [.. candidates.Where(card => card.Id == typed)];
        if (found.Count == 0)
            found = [.. candidates.Where(card => NamesOf(card).Contains(typed, StringComparer.OrdinalIgnoreCase))];
        if (found.Count == 1)
            return found[0];
        if (found.Count > 1)
        {
            var names = found.Select(card => $"{card.Provider}:{card.Id}");
            throw new UsageException([$"MODEL: several models are called '{text}'"], [$"Name one of {string.Join(", ", names)}."]);
        }
        var near = NameSuggestions.Of(typed, cards.SelectMany(NamesOf).Distinct(StringComparer.Ordinal));
        var hint = near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "`zoetrope specs list` lists the documents, `zoetrope specs add` adds one.";
        throw new UsageException([$"MODEL: no document in '{folder}' is of a model '{text}'"], [hint]);
    }

    /// <summary>The id, the slug, and the name of the class without and with its provider.</summary>
    private static IEnumerable<string> NamesOf(ModelCard card)
    {
        yield return card.Id;
        yield return card.Name;
        yield return $"{card.Provider}.{card.Name}";
        if (card.Id.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
            yield return card.Id[(slash + 1)..];
    }
}
