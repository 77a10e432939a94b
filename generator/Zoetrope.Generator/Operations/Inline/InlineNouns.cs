using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>Finds from the names of operations what they are about: GetProject, UpdateProject and ListProjects are about a Project.</summary>
internal static class InlineNouns
{
    /// <summary>What most of several operations take or give as a whole; null where their names do not say.</summary>
    public static string? Of(IReadOnlyCollection<InlineSlot> slots)
    {
        var nouns = slots.GroupBy(slot => slot.Operation.Key, StringComparer.Ordinal).Select(group => NounOf(group.First())).ToList();
        var isOne = nouns.Exists(noun => noun.IsOne);
        var most = nouns.SelectMany(noun => Endings(isOne ? AsOne(noun.Words) : noun.Words)).GroupBy(ending => ending.Text, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(group => group.Count())
                .ThenByDescending(group => group.First().Count)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .FirstOrDefault();
        return most is null || most.Count() * 2 <= nouns.Count || char.IsDigit(most.Key[0]) ? null : most.Key;
    }

    private static IEnumerable<(string Text, int Count)> Endings(EquatableArray<string> words) =>
        Enumerable.Range(1, words.Count).Select(count => (Identifiers.Pascal(words.Skip(words.Count - count)), count)).Where(ending => ending.Item1.Length > 0);

    /// <summary>The words behind the verb, and before what an id leads to: GetAvatarsById is about one of Avatars.</summary>
    private static (EquatableArray<string> Words, bool IsOne) NounOf(InlineSlot slot)
    {
        var words = Identifiers.Words(slot.Operation.Name);
        var by = words.IndexOf("By");
        var isOne = slot.IsItem || by == words.Count - 2;
        return (words.Take(by > 1 ? by : words.Count).Skip(words.Count > 1 ? 1 : 0).ToEquatableArray(), isOne);
    }

    private static EquatableArray<string> AsOne(EquatableArray<string> words) =>
        words.Count == 0 ? words : words.Take(words.Count - 1).Append(TypeNames.Singular(words[words.Count - 1], "")).ToEquatableArray();
}
