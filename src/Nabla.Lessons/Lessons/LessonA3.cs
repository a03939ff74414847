using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonA3
{
    private const string Program = "x = 3\ny = -2\nz = x * y\nL = z^2";

    public static Lesson Lesson { get; } = new(
        "A3",
        new("The chain rule, several variables", "연쇄 법칙: 변수가 여러 개일 때"),
        new("One gradient arrives, and each input gets its own share: the names upstream, local and downstream.",
            "기울기 하나가 도착하고 입력마다 자기 몫을 받습니다. 상류, 국소, 하류라는 이름을 배웁니다."),
        new TextSection(
            """
            Now the function in the middle has two inputs: z = f(x, y), and behind it comes a loss L(z). Somebody further on has already worked out
            ∂L/∂z, how fast the loss changes with z. We need no more than that from the rest of the world.

            Then each input has a chain of its own: **∂L/∂x = ∂L/∂z · ∂z/∂x** and **∂L/∂y = ∂L/∂z · ∂z/∂y**. The first factor is the same for both. It is
            what arrives, the **upstream gradient**. The second factor belongs to the function alone, the **local gradient**. The products are what
            the function hands back to its inputs, the **downstream gradients**.

            Picture a river that flows from the loss to the inputs. What comes down to a node is upstream of it; what it lets through is downstream.
            For the next node down, that downstream gradient is again the upstream one. This is why the rule can be repeated through any graph.
            """,
            """
            이번에는 가운데 함수의 입력이 둘입니다. z = f(x, y)이고 그 뒤에 손실 L(z)이 옵니다. z가 변할 때 손실이 얼마나 빨리 변하는지, 곧 ∂L/∂z는
            뒤쪽에서 이미 구해 놓았습니다. 바깥세상에 대해서는 그것만 알면 충분합니다.

            그러면 입력마다 자기 사슬이 있습니다: **∂L/∂x = ∂L/∂z · ∂z/∂x**, **∂L/∂y = ∂L/∂z · ∂z/∂y**. 앞의 인수는 둘 다 같습니다. 도착한 기울기이므로
            **상류 기울기**라고 합니다. 뒤의 인수는 이 함수에만 달려 있는 **국소 기울기**입니다. 둘의 곱은 함수가 입력으로 돌려주는
            **하류 기울기**입니다.

            손실에서 입력으로 흐르는 강을 떠올려 보세요. 노드로 흘러드는 것이 상류이고, 노드를 지나 내려가는 것이 하류입니다. 내려간 하류 기울기는
            다음 노드에게 다시 상류 기울기가 됩니다. 그래서 이 규칙은 어떤 그래프에서든 되풀이할 수 있습니다.
            """),
        new GraphSection(Program),
        new TableSection(
            [new("input", "입력"), new("local", "국소"), new("upstream", "상류"), new("downstream", "하류")],
            () => Edges("z"))
        {
            Title = new("Downstream = local × upstream, at the multiply node", "곱셈 노드에서: 하류 = 국소 × 상류"),
        },
        new QuizSection(
            "quiz-1",
            new("Which gradient can a node compute without knowing the rest of the graph?", "노드가 그래프의 나머지를 모르고도 계산할 수 있는 기울기는 무엇일까요?"),
            [
                new("The upstream gradient", "상류 기울기"),
                new("The local gradient", "국소 기울기"),
                new("The downstream gradient", "하류 기울기"),
            ],
            right: 1,
            new("The local gradient depends on the node's own inputs only. The upstream one has to arrive, and the downstream one is their product.",
                "국소 기울기는 노드 자신의 입력에만 달려 있습니다. 상류 기울기는 도착해야 알 수 있고, 하류 기울기는 그 둘의 곱입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Fill in all three kinds of gradient.", "세 가지 기울기를 모두 채워 보세요."),
            Program,
            Value("z"), Value("L"), Upstream("z"), Local("z", "x"), Local("z", "y"), Downstream("x"), Downstream("y")));

    private static IEnumerable<BilingualText[]> Edges(string node)
    {
        GraphView view = Expression.Parse(Program).Evaluate().View();
        foreach (ViewEdge edge in view.Into(view.Node(node).Id))
        {
            yield return
            [
                view.Node(edge.From).Name, Written.Text(edge.Local!.Values.Elements[0]), Written.Text(edge.Upstream!.Elements[0]),
                Written.Text(edge.Downstream!.Elements[0]),
            ];
        }
    }
}
