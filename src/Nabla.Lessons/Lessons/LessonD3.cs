using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonD3
{
    private const string Program = "w0 = 2\nx0 = -1\nw1 = -3\nx1 = -2\nw2 = -3\na = w0 * x0\nb = w1 * x1\nc = a + b\ns = c + w2\nf = sigmoid(s)";

    public static Lesson Lesson { get; } = new(
        "D3",
        new("A neuron", "뉴런 하나"),
        new("f = σ(w₀x₀ + w₁x₁ + w₂): a weighted sum and a sigmoid, expanded and folded.", "f = σ(w₀x₀ + w₁x₁ + w₂): 가중합과 시그모이드를 펼쳐도 보고 접어도 봅니다."),
        new TextSection(
            """
            A neuron weighs its inputs, adds them up together with a **bias**, and passes the sum through an activation function: f = σ(w₀x₀ + w₁x₁ + w₂). The x are data;
            the **weights** w₀, w₁ and the bias w₂ are what it can learn.

            With w = (2, −3, −3) and x = (−1, −2) the sum is −2 + 6 − 3 = 1, and σ(1) = 0.731. Backward, the sigmoid sends 0.731 · (1 − 0.731) = 0.197 to the sum.
            Everything left of it you know already: add nodes distribute the 0.197, multiply nodes swap. w₀ receives 0.197 · x₀ = −0.197, x₀ receives 0.197 · w₀ = 0.393.

            The graph is drawn twice. Folded, the sigmoid is one node. Opened, it is the four gates of D2. How finely you cut a formula does not matter: a node is
            anything whose local gradient you know.
            """,
            """
            뉴런은 입력에 무게를 매기고 **편향**과 함께 더한 다음, 그 합을 활성화 함수에 통과시킵니다: f = σ(w₀x₀ + w₁x₁ + w₂). x는 데이터이고, 뉴런이 배울
            수 있는 것은 **가중치** w₀, w₁과 편향 w₂입니다.

            w = (2, −3, −3), x = (−1, −2)이면 합은 −2 + 6 − 3 = 1이고 σ(1) = 0.731입니다. 역전파에서 시그모이드는 합에 0.731 · (1 − 0.731) = 0.197을
            보냅니다. 그 왼쪽은 이미 아는 것뿐입니다. 덧셈 노드는 0.197을 나누어 주고 곱셈 노드는 맞바꿉니다. w₀은 0.197 · x₀ = −0.197, x₀은 0.197 · w₀ =
            0.393을 받습니다.

            그래프를 두 번 그렸습니다. 접으면 시그모이드가 노드 하나이고, 펼치면 D2의 네 게이트입니다. 식을 얼마나 잘게 나누는지는 중요하지 않습니다. 국소
            기울기를 아는 것이라면 무엇이든 노드가 될 수 있습니다.
            """),
        new GraphSection(Program) { Title = new("Folded: one sigmoid node", "접은 그래프: 시그모이드 노드 하나") },
        new GraphSection(Program, GraphDetail.Gates) { Title = new("Expanded: four gates", "펼친 그래프: 네 게이트") },
        new TableSection([new("value", "값"), "∂f/∂…", new("folded", "접었을 때"), new("expanded", "펼쳤을 때")], Compare),
        new QuizSection(
            "quiz-1",
            new("Which number decides how large the gradient of the weight w₁ is, besides what the sigmoid sends back?",
                "시그모이드가 돌려보내는 값 말고 가중치 w₁의 기울기 크기를 정하는 수는 무엇일까요?"),
            ["w₁", "x₁", "w₂", "x₀"],
            right: 1,
            new("w₁ · x₁ is a multiply node: w₁ receives the upstream gradient times x₁.", "w₁ · x₁은 곱셈 노드이므로 w₁은 상류 기울기에 x₁을 곱한 값을 받습니다.")),
        new ExerciseSection(
            "exercise-1",
            new("The whole neuron. Three digits are enough.", "뉴런 전체입니다. 세 자리까지만 쓰면 됩니다."),
            Program,
            Value("s"), Value("f"), Local("f", "s"), Upstream("s"), Downstream("w2"), Upstream("a"), Downstream("w0"), Downstream("x0"),
            Downstream("w1"), Downstream("x1")));

    private static IEnumerable<BilingualText[]> Compare()
    {
        GraphView folded = Expression.Parse(Program).Evaluate().View(), open = folded.At(GraphDetail.Gates);
        foreach (string name in new[] { "s", "w0", "x0", "w1", "x1", "w2" })
        {
            yield return
            [
                Written.Text(folded.ValueOf(folded.Node(name).Id)[0]), $"∂f/∂{name}", Written.Text(folded.GradientOf(folded.Node(name).Id)[0]),
                Written.Text(open.GradientOf(open.Node(name).Id)[0]),
            ];
        }
    }
}
