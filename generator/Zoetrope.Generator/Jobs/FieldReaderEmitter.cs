using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Jobs;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes the methods that read the values of a response in one pass: one for each object or array on the way to a value.</summary>
/// <param name="writer">Where to.</param>
/// <param name="receiver">The struct that receives the values.</param>
internal sealed class FieldReaderEmitter(SourceWriter writer, string receiver = "JobFields")
{
    private const int LongestName = 200;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Queue<(string Name, FieldTree Tree)> _unwritten = new();

    /// <summary>Takes a reader to be written, and returns the name of its method.</summary>
    /// <param name="name">The name that it asks for.</param>
    /// <param name="fields">The values.</param>
    public string Add(string name, IEnumerable<FieldPointer> fields) => Add(name, FieldTree.Of(fields));

    /// <summary>Writes what was added.</summary>
    public void Emit()
    {
        while (_unwritten.Count > 0)
        {
            var (name, tree) = _unwritten.Dequeue();
            writer.Line();
            using var block = writer.Block($"private static void {name}(ref global::System.Text.Json.Utf8JsonReader reader, ref {CodeGenJobs}.{receiver} job)");
            if (tree.Fields.Count > 0)
                EmitWhole(name, tree);
            else if (tree.IsArray)
                EmitItems(name, tree);
            else
                EmitMembers(name, tree);
        }
    }

    private string Add(string name, FieldTree tree)
    {
        // Members may have names of any length.
        name = name.Length > LongestName ? name.Substring(0, LongestName) : name;
        var given = name;
        for (var i = 2; !_names.Add(given); i++)
            given = name + Text.DocumentText.Number(i);
        _unwritten.Enqueue((given, tree));
        return given;
    }

    /// <summary>A value that is taken as a whole, and whose parts are read too.</summary>
    private void EmitWhole(string name, FieldTree tree)
    {
        var parts = new FieldTree();
        parts.Children.AddRange(tree.Children);
        writer.Line($"var json = {RawJson}.Read(ref reader);");
        foreach (var field in tree.Fields)
            writer.Line(Take(field));
        if (parts.Children.Count == 0)
            return;
        writer.Lines($"""
            var inner = json.CreateReader(int.MaxValue);
            inner.Read();
            {Add(name + "Parts", parts)}(ref inner, ref job);
            """);
    }

    private static string Take(JobField field) => field switch
    {
        JobField.Output or JobField.Fields or JobField.Headers => $"job.{field} = json;",
        JobField.Cost or JobField.Progress or JobField.ExpectedSeconds => $"job.{field} = {ProtocolJson}.Number(TextOf(json)) ?? job.{field};",
        JobField.QueuePosition => $"job.{field} = WholeOf(json) ?? job.{field};",
        JobField.ErrorMessage or JobField.FailureMessage or JobField.ErrorCode or JobField.FailureCode => $"job.{field} = TextOrJson(json) ?? job.{field};",
        JobField.OtherId => "job.Id ??= TextOf(json);",
        _ => $"job.{field} = TextOf(json) ?? job.{field};",
    };

    private void EmitMembers(string name, FieldTree tree)
    {
        if (tree.Children.Count == 0)
        {
            writer.Line("reader.Skip();");
            return;
        }
        using (writer.Block("if (reader.TokenType != global::System.Text.Json.JsonTokenType.StartObject)"))
        {
            writer.Lines("""
                reader.Skip();
                return;
                """);
        }
        using (writer.Block($"while ({ProtocolJson}.NextMember(ref reader, out var name))"))
        {
            var isFirst = true;
            foreach (var (step, child) in tree.Children)
            {
                writer.Line($"{(isFirst ? "" : "else ")}if ({Matches(step)})");
                EmitValue(name + Identifiers.Of(step, "Value"), child);
                isFirst = false;
            }
            writer.Line("else");
            using (writer.Indent())
                writer.Line("reader.Skip();");
        }
    }

    private void EmitItems(string name, FieldTree tree)
    {
        using (writer.Block("if (reader.TokenType != global::System.Text.Json.JsonTokenType.StartArray)"))
        {
            writer.Lines("""
                reader.Skip();
                return;
                """);
        }
        var any = tree.Children.Find(child => child.Step == "*").Tree;
        using (writer.Block("for (var index = 0; reader.Read() && reader.TokenType != global::System.Text.Json.JsonTokenType.EndArray; index++)"))
        {
            var isFirst = true;
            foreach (var (step, child) in tree.Children.Where(child => child.Step != "*"))
            {
                writer.Line($"{(isFirst ? "" : "else ")}if (index == {step.TrimStart('0').PadLeft(1, '0')})");
                EmitValue(name + "Item" + step, child);
                isFirst = false;
            }
            if (!isFirst)
                writer.Line("else");
            if (any is not null)
            {
                EmitValue(name + "Item", any, isIndented: !isFirst);
                return;
            }
            using (writer.Indent())
                writer.Line("reader.Skip();");
        }
    }

    private void EmitValue(string name, FieldTree tree, bool isIndented = true)
    {
        if (!isIndented)
        {
            writer.Line(Read(name, tree));
            return;
        }
        using (writer.Indent())
            writer.Line(Read(name, tree));
    }

    private string Read(string name, FieldTree tree)
    {
        if (tree.Children.Count > 0 || tree.Fields.Count > 1)
            return $"{Add(name, tree)}(ref reader, ref job);";
        var field = tree.Fields[0];
        return field switch
        {
            JobField.Cost or JobField.Progress or JobField.ExpectedSeconds => $"job.{field} = {ProtocolJson}.Number(ref reader) ?? job.{field};",
            JobField.QueuePosition => $"job.{field} = {ProtocolJson}.Integer(ref reader) ?? job.{field};",
            JobField.Output or JobField.Fields or JobField.Headers => $"job.{field} = FirstOf(job.{field}, ref reader);",
            JobField.Word or JobField.More => $"job.{field} = {ProtocolJson}.Text(ref reader) ?? job.{field};",
            JobField.OtherId => $"job.Id = {ProtocolJson}.TextOr(null, ref reader) is {{ }} other ? job.Id ?? other : job.Id;",
            JobField.ErrorMessage or JobField.FailureMessage or JobField.ErrorCode or JobField.FailureCode =>
                $"job.{field} = TextOrJson(ref reader) ?? job.{field};",
            _ => $"job.{field} = {ProtocolJson}.TextOr(job.{field}, ref reader);",
        };
    }

    private static string Matches(string step) =>
        $"global::System.MemoryExtensions.SequenceEqual(name, {Literals.Utf8(step)})";
}
