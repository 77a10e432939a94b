using System.Text;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Catalog;

/// <summary>
/// Writes <c>specs.lock.json</c>, the same bytes for the same content: ordinal order, two spaces, LF. Members that are not known stay before the known ones
/// that they stood before.
/// </summary>
public static class LockWriter
{
    private const string Files = "files";
    private const string Names = "names";
    private const string Origin = "origin";
    private const string Date = "date";
    private const string Sha256 = "sha256";
    private const string ETag = "etag";
    private const string LastModified = "lastModified";

    /// <summary>The members of the file.</summary>
    internal static readonly string[] Members = [Files, Names];

    /// <summary>The members of a vendored file's entry.</summary>
    internal static readonly string[] FileMembers = [Origin, Date, Sha256, ETag, LastModified];

    /// <summary>The text of the lock file. Where a path or a key is given twice, the last one counts.</summary>
    public static string Write(SpecLock content)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in content.Files)
            files[file.Path] = Write(file);
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in content.Names)
            names[name.Key] = JsonStrings.Quote(name.Name);
        return Write([(Files, Write(files)), (Names, Write(names))], content.Unknown, "") + "\n";
    }

    private static string Write(LockedFile file)
    {
        (string, string?)[] known =
        [
            (Origin, JsonStrings.Quote(file.Origin)),
            (Date, JsonStrings.Quote(file.Date)),
            (Sha256, JsonStrings.Quote(file.Sha256)),
            (ETag, file.ETag is { } tag ? JsonStrings.Quote(tag) : null),
            (LastModified, file.LastModified is { } modified ? JsonStrings.Quote(modified) : null),
        ];
        return Write(known, file.Unknown, "    ");
    }

    private static string Write(SortedDictionary<string, string> members) =>
        Write(members.Select(member => Member(JsonStrings.Quote(member.Key), member.Value)), "  ");

    private static string Write((string Name, string? Value)[] known, EquatableArray<UnknownMember> unknown, string indentation)
    {
        var members = known.SelectMany(member =>
            member.Value is { } value ? Unknown(member.Name).Append(Member(JsonStrings.Quote(member.Name), value)) : Unknown(member.Name));
        return Write(members.Concat(Unknown(null)), indentation);

        IEnumerable<string> Unknown(string? before) => unknown.Where(member => member.Before == before).Select(member => Member(member.Name, member.Value));
    }

    private static string Write(IEnumerable<string> members, string indentation)
    {
        var text = new StringBuilder();
        foreach (var member in members)
            text.Append(text.Length == 0 ? "{\n" : ",\n").Append(indentation).Append("  ").Append(member);
        return text.Length == 0 ? "{}" : text.Append('\n').Append(indentation).Append('}').ToString();
    }

    private static string Member(string quotedName, string value) => $"{quotedName}: {value}";
}
