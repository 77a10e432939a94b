using Zoetrope.Generator.Naming;
using Zoetrope.Generator.Operations.Naming;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations;

/// <summary>What the binders of one operation share.</summary>
internal sealed class OperationContext
{
    /// <summary>The context of an operation.</summary>
    /// <param name="named">The operation.</param>
    /// <param name="className">The class that its own types are nested in.</param>
    /// <param name="api">What it shares with the API's other operations.</param>
    public OperationContext(NamedOperation named, string className, ApiContext api)
    {
        Api = api;
        Name = named.Name;
        Operation = named.Operation;
        Key = NameKeys.Operation(named.Operation);
        Types = new TypeBinder(new TypeScope
        {
            Kind = ScopeKind.Operation,
            Class = className,
            Reserved = api.Name,
            Provider = "",
            Find = api.Types.Find,
            Shared = api.Types.Import,
            InputSchemas = [],
            Locked = api.Locked,
            Problems = api.Problems,
            Rules = api.Rules,
        });
    }

    /// <summary>What it shares with the API's other operations.</summary>
    public ApiContext Api { get; }

    /// <summary>The name of its method, without <c>Async</c>.</summary>
    public string Name { get; }

    /// <summary>What the document says.</summary>
    public OperationDescription Operation { get; }

    /// <summary>Its key in the lock file.</summary>
    public string Key { get; }

    /// <summary>Its own types.</summary>
    public TypeBinder Types { get; }

    /// <summary>The schema of that name, or null.</summary>
    public Schema? Find(string name) => Api.Types.Find(name);

    /// <summary>Follows the references of a schema.</summary>
    public Schema Resolve(Schema schema) => Schemas.Resolve(schema, Find);

    /// <summary>Adds a class whose members are sent one by one.</summary>
    public void AddForm(string name, string key, Schema schema, bool hasFiles = false) =>
        Types.Add(new(name, Key + key, ObjectRole.Input, schema, IsRoot: true, IsForm: true, HasFiles: hasFiles));

    /// <summary>Reports a problem.</summary>
    public void Report(ProblemKind kind, string pointer, params string[] arguments) => Api.Problems.Report(kind, pointer, arguments);
}
