using System.Text;

namespace Zoetrope.Generator.Changes;

/// <summary>
/// Reads the public declarations of generated code. All of it is written by this assembly's emitters, in one layout that a test holds them to (a declaration
/// begins a line, four spaces deeper than the type that holds it), so that no compiler is needed.
/// </summary>
internal sealed class SurfaceReader
{
    private const int Indentation = 4;

    private readonly List<Scope> _scopes = [];
    private readonly StringBuilder _documentation = new();
    private readonly List<Declaration> _found = [];
    private string _namespace = "";
    private string? _obsolete;

    private SurfaceReader()
    {
    }

    /// <summary>The declarations of a file, types before their members.</summary>
    public static IReadOnlyList<Declaration> Read(string text)
    {
        var reader = new SurfaceReader();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            // A list of parameters may take several lines.
            while (reader.IsMember(line) && !Signature.IsWhole(line) && i + 1 < lines.Length)
                line += " " + lines[++i].Trim();
            reader.Add(line);
        }
        return reader._found;
    }

    private bool IsMember(string line) =>
        DepthOf(line) is var depth
        && depth == ExpectedDepth(line)
        && (string.CompareOrdinal(line, depth, "public ", 0, 7) == 0 || string.CompareOrdinal(line, depth, "internal ", 0, 9) == 0);

    private static int DepthOf(string line) => line.Length - line.TrimStart(' ').Length;

    private int ExpectedDepth(string line)
    {
        var depth = DepthOf(line);
        var around = _scopes.LastOrDefault(scope => scope.Depth < depth);
        return around is null ? 0 : around.Depth + Indentation;
    }

    private void Add(string line)
    {
        var content = line.TrimStart(' ');
        if (content.Length == 0)
            return;
        if (content.StartsWith("///", StringComparison.Ordinal))
        {
            // Remarks name the document's file, which may be called otherwise.
            if (!content.Contains("<remarks>"))
                _documentation.Append(content.Substring(3).Trim()).Append('\n');
            return;
        }
        var depth = DepthOf(line);
        if (content is "{" or "}" || depth != ExpectedDepth(line) || content[0] is '}' or ':' or '=' or '#')
        {
            if (content == "}")
                _scopes.RemoveAll(scope => scope.Depth >= depth);
            return;
        }
        _scopes.RemoveAll(scope => scope.Depth >= depth);
        if (content[0] == '[')
        {
            const string Obsolete = "[global::System.Obsolete(\"";
            if (content.StartsWith(Obsolete, StringComparison.Ordinal))
                _obsolete = content.Substring(Obsolete.Length).Split(["\", DiagnosticId"], StringSplitOptions.None)[0].Replace("\\\"", "\"");
            return;
        }
        if (content.StartsWith("namespace ", StringComparison.Ordinal))
            _namespace = content.Substring("namespace ".Length).TrimEnd(';', ' ');
        else
            Declare(content, depth);
        _documentation.Clear();
        _obsolete = null;
    }

    private void Declare(string content, int depth)
    {
        var head = Signature.Head(content);
        var around = _scopes.LastOrDefault();
        var owner = around?.Name ?? _namespace;
        var isHidden = around is { IsHidden: true };
        if (head.StartsWith("extension(", StringComparison.Ordinal))
        {
            _scopes.Add(new(depth, Signature.TypeOf(head.Substring("extension(".Length).TrimEnd(')')), isHidden));
            return;
        }
        var (modifiers, rest) = Signature.SplitModifiers(head);
        isHidden |= !modifiers.Contains("public");
        if (Signature.IsType(rest))
        {
            var (form, name, bases) = TypeParts(rest);
            var type = Declaration(DeclarationKind.Type, owner, name, modifiers, form) with { Parts = bases };
            _scopes.Add(new(depth, type.FullName, isHidden));
            if (!isHidden)
                _found.Add(type);
            return;
        }
        if (!isHidden)
            _found.Add(Member(owner, modifiers, rest) with { CanSet = content.Contains(" set;") || content.Contains(" set =>") });
    }

    private Declaration Member(string owner, IReadOnlyList<string> modifiers, string rest)
    {
        var open = Signature.IndexOf(rest, static (text, i) => text[i] == '(');
        if (open == rest.Length)
        {
            var space = rest.LastIndexOf(' ');
            return Declaration(DeclarationKind.Property, owner, rest.Substring(space + 1), modifiers, rest.Substring(0, Math.Max(space, 0)));
        }
        var before = rest.Substring(0, open);
        // An operator's name is all of it; a constructor has no type.
        var at = before.Contains("operator ") ? -1 : Signature.IndexOf(before, static (text, i) => text[i] == ' ');
        var (type, name) = at >= 0 && at < before.Length ? (before.Substring(0, at), before.Substring(at + 1)) : ("", before);
        var list = rest.Substring(open + 1, Math.Max(rest.LastIndexOf(')') - open - 1, 0));
        return Declaration(DeclarationKind.Method, owner, name, modifiers, type) with { Parts = Signature.SplitList(list) };
    }

    private Declaration Declaration(DeclarationKind kind, string owner, string name, IReadOnlyList<string> modifiers, string type) => new()
    {
        Kind = kind,
        Owner = Short(owner),
        Name = name,
        Modifiers = [.. modifiers.Where(modifier => modifier is not ("public" or "partial"))],
        Type = type,
        Documentation = _documentation.ToString(),
        Obsolete = _obsolete,
    };

    private static string Short(string owner) => owner.StartsWith("global::", StringComparison.Ordinal) ? owner.Substring("global::".Length) : owner;

    private static (string Form, string Name, IReadOnlyList<string> Bases) TypeParts(string rest)
    {
        var colon = Signature.IndexOf(rest, static (text, i) => text[i] == ':' && i > 0 && text[i - 1] == ' ');
        var words = rest.Substring(0, colon).Split('(')[0].Trim();
        var space = words.LastIndexOf(' ');
        return (words.Substring(0, space), words.Substring(space + 1), colon < rest.Length ? Signature.SplitList(rest.Substring(colon + 1)) : []);
    }

    /// <summary>A type, or what extends one, that is being read.</summary>
    private sealed record Scope(int Depth, string Name, bool IsHidden);
}
