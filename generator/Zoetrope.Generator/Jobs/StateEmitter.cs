using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Jobs;
using Zoetrope.Specs.Model;
using static Zoetrope.Generator.Emit.WellKnownNames;
using static Zoetrope.Generator.Jobs.ProtocolEmitter;

namespace Zoetrope.Generator.Jobs;

/// <summary>Writes what the words of a declared provider mean: the states of jobs, and the kinds of failures.</summary>
internal sealed class StateEmitter(SourceWriter writer, JobsDescription jobs)
{
    /// <summary>Writes the methods.</summary>
    public void Emit()
    {
        var polled = jobs.Words.Where(word => !word.IsOfWebhook).ToList();
        EmitStates("StateOf", polled);
        writer.Lines($"""

            protected override bool IsDeclared(string word) => word is {Alternatives(polled.Select(word => word.Word))};
            """);
        EmitKinds("KindOf", polled);
        if (polled.Count == jobs.Words.Count)
            return;
        // A word that only deliveries have is unknown in a status, where it must not end a job.
        EmitStates("DeliveredStateOf", jobs.Words);
        if (jobs.Words.Any(word => word.IsOfWebhook && HasKind(word)))
            EmitKinds("DeliveredKindOf", jobs.Words);
    }

    private void EmitStates(string method, IEnumerable<StateWord> words)
    {
        writer.Line();
        using var block = writer.Block($"protected override {JobState} {method}(string word) => word switch", end: ";");
        foreach (var group in words.Where(word => word.State != "running").GroupBy(word => StateName(word.State)))
            writer.Line($"{Alternatives(group.Select(word => word.Word))} => {JobState}.{group.Key},");
        writer.Line($"_ => {JobState}.Running,");
    }

    private void EmitKinds(string method, IEnumerable<StateWord> words)
    {
        var kinds = words.Where(HasKind).ToList();
        var hasFamilies = jobs.FailureKinds.Any(kind => IsFamily(kind.Name));
        var codes = jobs.FailureKinds.Where(kind => hasFamilies || kind.Text != "unknown").ToList();
        if (kinds.Count == 0 && codes.Count == 0)
            return;
        writer.Line();
        using var block = writer.Block($"protected override {FailureKind} {method}(string word, string? code)");
        if (codes.Count > 0)
            EmitCodes(codes);
        using var others = writer.Block("return word switch", end: ";");
        foreach (var group in kinds.GroupBy(word => word.Kind!))
            writer.Line($"{Alternatives(group.Select(word => word.Word))} => {FailureKind}.{Identifiers.Of(group.Key, "")},");
        writer.Line($"_ => {FailureKind}.Unknown,");
    }

    private void EmitCodes(List<NamedText> codes)
    {
        using var block = writer.Block("switch (code)");
        // A code itself says more than the family that it is of.
        foreach (var group in codes.Where(kind => !IsFamily(kind.Name)).GroupBy(kind => kind.Text))
            writer.Line($"case {Alternatives(group.Select(kind => kind.Name))}: return {FailureKind}.{Identifiers.Of(group.Key, "")};");
        foreach (var kind in codes.Where(kind => IsFamily(kind.Name)).OrderByDescending(kind => kind.Name.Length))
        {
            var start = Literals.String(kind.Name.TrimEnd('*'));
            writer.Line($"case not null when code.StartsWith({start}, global::System.StringComparison.Ordinal):")
                .Line($"    return {FailureKind}.{Identifiers.Of(kind.Text, "")};");
        }
    }

    private static bool HasKind(StateWord word) => word.Kind is not (null or "unknown");

    private static string StateName(string state) => state switch
    {
        "queued" => "Queued",
        "succeeded" => "Completed",
        "canceled" => "Canceled",
        _ => "Failed",
    };

    private static bool IsFamily(string code) => code.Length > 1 && code[code.Length - 1] == '*';
}
