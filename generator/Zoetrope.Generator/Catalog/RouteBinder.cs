using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>Creates the steps by which a neutral request becomes a provider's, and verifies that they hold every value.</summary>
internal sealed class RouteBinder
{
    private readonly NeutralSource _source;
    private readonly BoundEndpoint _endpoint;
    private readonly CatalogEndpoint _entry;
    private readonly IReadOnlyList<NeutralSlot> _slots;
    private readonly List<PlacedProblem> _problems;
    private readonly ConversionBinder _conversions;
    private readonly List<BoundStep> _steps = [];
    private readonly List<(string Pointer, string By, string? Json)> _filled = [];
    private readonly List<(CatalogTarget Target, string Pointer)> _targets = [];
    private readonly string _pointer;

    private RouteBinder(NeutralSource source, BoundEndpoint endpoint, IReadOnlyList<NeutralSlot> slots, List<PlacedProblem> problems)
    {
        _source = source;
        _endpoint = endpoint;
        _entry = source.EntryOf(endpoint);
        _slots = slots;
        _problems = problems;
        _pointer = JsonPointer.Append(source.Model.Pointer, endpoint.Provider);
        _conversions = new(source, endpoint, problems);
    }

    /// <summary>Creates the steps; null where the catalog is wrong about this provider.</summary>
    public static EquatableArray<BoundStep>? Bind(
        NeutralSource source, BoundEndpoint endpoint, IReadOnlyList<NeutralSlot> slots, List<PlacedProblem> problems)
    {
        var found = problems.Count;
        var binder = new RouteBinder(source, endpoint, slots, problems);
        binder.Bind();
        return problems.Skip(found).Any(problem => problem.Kind.Severity == ProblemSeverity.Error) ? null : binder._steps.ToEquatableArray();
    }

    private void Bind()
    {
        foreach (var mapping in _entry.Parameters.Where(mapping => _slots.All(slot => slot.Name != mapping.Name)))
        {
            Report(GeneratorProblems.CatalogUnknownMember, At("parameters", mapping.Name), "the model", "parameter", mapping.Name,
                MembersText(_slots.Select(slot => slot.Name)));
        }
        foreach (var constant in _entry.Constants)
        {
            var target = RouteMembers.PointerOf(constant.Name);
            if (Fill(target, "a constant", constant.Value, At("constants", constant.Name)))
                _steps.Add(new(StepKind.Constant, "", new([target]), new([constant.Value.Json])));
        }
        foreach (var slot in _slots)
            BindSlot(slot);
        VerifyRequired();
        if (_entry.Price?.Quantity is { } quantity && _slots.All(slot => slot.Name != quantity))
        {
            Report(GeneratorProblems.CatalogUnknownMember, At("price", "quantity"), "the model", "parameter", quantity,
                MembersText(_slots.Select(slot => slot.Name)));
        }
    }

    private void BindSlot(NeutralSlot slot)
    {
        var mapping = _source.MappingOf(_endpoint, slot.Name);
        if (mapping is null)
        {
            var isOwn = _endpoint.Request.Find(slot.Name) is not null && (slot.IsDeclared || !RouteMembers.IsConsumed(_entry, slot.Name));
            if (!isOwn)
                _steps.Add(new(slot.IsDeclared ? StepKind.Refuse : StepKind.Omit, slot.Name, default));
            else if (slot.IsDeclared)
                BindMapping(slot, new(slot.Name, new([RouteMembers.PointerOf(slot.Name)])), DeclaredAt(slot));
            else
                _filled.Add((RouteMembers.PointerOf(slot.Name), slot.Name, null));
            return;
        }
        if (mapping.Targets.Count == 0)
            _steps.Add(new(StepKind.Refuse, slot.Name, default));
        else
            BindMapping(slot, mapping, At("parameters", slot.Name));
    }

    private void BindMapping(NeutralSlot slot, CatalogParameter mapping, string at)
    {
        var targets = new List<CatalogTarget>();
        foreach (var pointer in mapping.Targets)
        {
            if (Find(pointer, at, found => KindsAgree(slot, found)) is not { } target || !IsFree(pointer, slot.Name, null, at))
                continue;
            _filled.Add((pointer, slot.Name, null));
            targets.Add(target);
            _targets.Add((target, at));
        }
        if (targets.Count == mapping.Targets.Count && _conversions.Bind(slot, mapping, targets, at) is { } step)
            _steps.Add(step);
        foreach (var value in mapping.With)
        {
            var target = RouteMembers.PointerOf(value.Name);
            if (Fill(target, slot.Name, value.Value, JsonPointer.Append(JsonPointer.Append(at, "with"), value.Name)))
                _steps.Add(new(StepKind.With, slot.Name, new([target]), new([value.Value.Json])));
        }
        if (mapping.Default is { } fallback && targets.Count == 1)
        {
            if (!targets[0].Accepts(fallback))
                ReportValue(fallback, targets[0], JsonPointer.Append(at, "default"));
            _steps.Add(new(StepKind.Default, slot.Name, new([targets[0].Pointer]), new([fallback.Json])));
        }
    }

    /// <summary>Verifies a value that the catalog gives, and that nothing else fills its location.</summary>
    private bool Fill(string pointer, string by, JsonLiteral value, string at)
    {
        // Of several alternatives that have the location, it is the one that the value belongs to.
        if (Find(pointer, at, found => found.Accepts(value)) is not { } target || !IsFree(pointer, by, value.Json, at))
            return false;
        _filled.Add((pointer, by, value.Json));
        _targets.Add((target, at));
        if (target.Accepts(value))
            return true;
        ReportValue(value, target, at);
        return false;
    }

    private CatalogTarget? Find(string pointer, string at, Func<CatalogTarget, bool> isWanted)
    {
        var found = CatalogTarget.Find(_endpoint, _endpoint.Request, pointer).ToList();
        if (found.Count > 0)
            return found.Find(target => isWanted(target)) ?? found[0];
        Report(GeneratorProblems.CatalogUnknownMember, at, _endpoint.Provider, "parameter", RouteMembers.NameOf(pointer),
            MembersText(_endpoint.Request.Properties.Select(property => property.JsonName)));
        return null;
    }

    private static bool KindsAgree(NeutralSlot slot, CatalogTarget target) =>
        CatalogValues.WordOf(slot.Property.Type.Kind) == CatalogValues.WordOf(target.Type.Kind);

    private bool IsFree(string pointer, string by, string? json, string at)
    {
        foreach (var other in _filled)
        {
            var isInside = (pointer + "/").StartsWith(other.Pointer + "/", StringComparison.Ordinal)
                || (other.Pointer + "/").StartsWith(pointer + "/", StringComparison.Ordinal);
            if (!isInside || (json is not null && other.Json == json && other.Pointer == pointer))
                continue;
            Report(GeneratorProblems.CatalogFilledTwice, at, RouteMembers.NameOf(pointer), _endpoint.Provider,
                other.By == by || other.By == "a constant" ? "a constant" : "'" + other.By + "'");
            return false;
        }
        return true;
    }

    private void VerifyRequired()
    {
        var isStrict = _source.Model.Parameters is not null || _entry.Parameters.Count > 0;
        foreach (var member in _endpoint.Request.Properties.Where(property => property is { Required: true, Constant: null } && isStrict))
        {
            var pointer = RouteMembers.PointerOf(member.JsonName);
            var fillers = _filled.Where(filled => (filled.Pointer + "/").StartsWith(pointer + "/", StringComparison.Ordinal)).ToList();
            var slots = fillers.Select(filler => _slots.FirstOrDefault(slot => slot.Name == filler.By)).ToList();
            var isFilled = fillers.Where((filler, i) => slots[i] is null || slots[i]!.Property.Required
                || _source.MappingOf(_endpoint, filler.By)?.Default is not null).Any();
            if (isFilled)
                continue;
            var optional = slots.FirstOrDefault(slot => slot is not null && (slot.IsDeclared || _source.MappingOf(_endpoint, slot.Name) is not null));
            if (optional is not null)
                Report(GeneratorProblems.CatalogNotFilled, _pointer, _endpoint.Provider, member.JsonName, $"only the optional '{optional.Name}' fills",
                    "make that required, or give it a 'default' here");
            else
                Report(GeneratorProblems.CatalogNotFilled, _pointer, _endpoint.Provider, member.JsonName, "nothing fills",
                    "send a parameter as it in 'parameters', or give its value in 'constants'");
        }
        foreach (var (target, at) in _targets)
        {
            foreach (var required in target.Required.Where(pointer => _filled.All(filled => filled.Pointer != pointer)))
            {
                Report(GeneratorProblems.CatalogNotFilled, at, _endpoint.Provider, required, "nothing fills where '" + target.Pointer + "' is sent",
                    "give its value in 'with'");
            }
        }
    }

    private void ReportValue(JsonLiteral value, CatalogTarget target, string at) => Report(
        GeneratorProblems.CatalogBadValue, at, value.Json, RouteMembers.NameOf(target.Pointer), " at " + _endpoint.Provider, ConversionBinder.Cure(target));

    private string At(string member, string name) => JsonPointer.Append(JsonPointer.Append(_pointer, member), name);

    private string DeclaredAt(NeutralSlot slot) => JsonPointer.Append(JsonPointer.Append(_source.Model.Pointer, "parameters"), slot.Name);

    private static string MembersText(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } all ? "; it has " + all : "";

    private void Report(ProblemKind kind, string pointer, params string[] arguments) =>
        _problems.Add(PlacedProblem.Of(kind, new(_source.Path, pointer), [_source.Model.Name, .. arguments]));
}

/// <summary>Which members of a provider's request the catalog fills.</summary>
internal static class RouteMembers
{
    /// <summary>A location in a request: a JSON Pointer, or the name of a member.</summary>
    public static string PointerOf(string name) => name.Length > 0 && name[0] == '/' ? name : JsonPointer.Append("", name);

    /// <summary>A location as people read it.</summary>
    public static string NameOf(string pointer)
    {
        var steps = JsonPointer.Steps(pointer);
        return steps.Length == 1 ? steps[0] : pointer;
    }

    /// <summary>Whether parameters of other names, or constants, are sent as a member.</summary>
    public static bool IsConsumed(CatalogEndpoint entry, string name) => entry.Parameters
        .SelectMany(parameter => parameter.Targets.Concat(parameter.With.Select(value => value.Name)))
        .Concat(entry.Constants.Select(constant => constant.Name))
        .Any(target => JsonPointer.Steps(PointerOf(target))[0] == name);
}
