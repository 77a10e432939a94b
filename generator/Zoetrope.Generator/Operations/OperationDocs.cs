using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Operations.Paging;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>Writes the documentation of an operation's methods, and the attribute of deprecated ones.</summary>
/// <param name="writer">Where it is written.</param>
/// <param name="operation">The operation.</param>
/// <param name="owner">The prefix of the names of the operation's types outside its class.</param>
internal sealed class OperationDocs(SourceWriter writer, BoundOperation operation, string owner)
{
    /// <summary>Writes those of a method.</summary>
    public void Emit(BoundResponse response, List<MethodArgument> arguments)
    {
        var (summary, more) = operation.Summary.Length > 0
            ? (operation.Summary, Literals.Xml(DocumentText.Flatten(operation.Description)))
            : (operation.Description, Literals.Rest(operation.Description, 200));
        var address = $"<c>{Literals.Doc(operation.Key)}</c>";
        if (summary.Length == 0)
            writer.Line($"/// <summary>Calls {address}.</summary>");
        else
        {
            writer.Lines($"""
                /// <summary>{Summaries.Sentence(Literals.Doc(summary, 200))}</summary>
                /// <remarks>{(more is { Length: > 0 } ? more + " " : "")}{address}</remarks>
                """);
        }
        EmitArguments(arguments);
        if (response.Kind == ResponseKind.Items)
        {
            const string Items = "The items, each as it arrives. The call is sent when they are enumerated, which they can be once.";
            writer.Line($"/// <returns>{Items}{(response.Summary.Length > 0 ? " " : "")}{Literals.Doc(Summaries.Sentence(response.Summary))}</returns>");
        }
        else if (response.Kind != ResponseKind.None && response.Summary.Length > 0)
            writer.Line($"/// <returns>{Literals.Doc(Summaries.Sentence(response.Summary))}</returns>");
        if (operation.HasNotModified)
            writer.Line($"/// <exception cref=\"{NotModifiedException}\">The response is 304: the caller's copy is current.</exception>");
        EmitErrors();
        EmitObsolete();
    }

    /// <summary>Writes those of the method over all pages.</summary>
    public void EmitPages(BoundPaging paging, List<MethodArgument> arguments)
    {
        var what = (paging.Items is null ? "all pages" : "the items of all pages") + $" of <see cref=\"{operation.Responses[0].Method}Async\"/>";
        writer.Lines($"""
            /// <summary>Gives {what}; each page is requested when the items before it were taken.</summary>
            /// <remarks>Errors are thrown where the items are taken. What was given before is complete.</remarks>
            """);
        EmitArguments(arguments);
        EmitErrors();
        EmitObsolete();
    }

    /// <summary>The status of an error, or the first and the last one.</summary>
    public static string Statuses(BoundError error, string to) =>
        error.From == error.To ? DocumentText.Number(error.From) : DocumentText.Number(error.From) + to + DocumentText.Number(error.To);

    private void EmitObsolete()
    {
        if (ObsoleteText.Attribute(operation.Deprecation) is { } obsolete)
            writer.Line(obsolete);
    }

    private void EmitArguments(List<MethodArgument> arguments)
    {
        foreach (var argument in arguments)
            writer.Line($"/// <param name=\"{argument.Name.TrimStart('@')}\">{Literals.Doc(argument.Summary, 160)}</param>");
    }

    private void EmitErrors()
    {
        foreach (var group in operation.Errors.GroupBy(error => error.Type))
        {
            if (group.Key is not { } type)
                continue;
            var statuses = string.Join(", ", group.Select(error => Statuses(error, " to ")));
            var details = $"The response is an error ({statuses}); its details are a <see cref=\"{TypeText.Clr(type, owner)}\"/>.";
            writer.Line($$"""/// <exception cref="{{ServiceException}}{TError}">{{details}}</exception>""");
        }
    }
}
